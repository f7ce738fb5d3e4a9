-- Sends one errand of many visitors, one after the other, and says the outcome on one line.
local visitors, at, lap, method, path, forms, extra = {}, 0, 1, "GET", "/", { "", "" }, {}
local verified = false

function init(args)
  method, path, lap = args[1], args[2], tonumber(args[4])
  forms[1], forms[2] = args[5] or "", args[6] or ""
  extra["Accept-Encoding"] = args[7]
  if args[8] == "fetch" then extra["X-Requested-With"] = "fetch" end
  if method == "POST" then extra["Content-Type"] = "application/x-www-form-urlencoded" end
  for line in io.lines(args[3]) do
    local cookie, token, exam, run = line:match("([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)")
    visitors[#visitors + 1] = { cookie = cookie, token = token, path = (path:gsub("@exam", exam):gsub("@run", run)) }
  end
end

function request()
  if not verified then  -- wrk asks for one request that it never sends; nobody's turn is spent on it
    verified = true
    return wrk.format("GET", "/healthz")
  end
  at = at + 1
  if at > #visitors then at, lap = 1, lap + 1 end
  local one = visitors[at]
  extra["Cookie"] = one.cookie
  if method == "GET" then return wrk.format("GET", one.path, extra) end
  local form = forms[lap % 2 + 1]
  form = form:gsub("@token", one.token):gsub("@n", tostring(lap)):gsub("@k", tostring(math.floor((lap + 1) / 2)))
  return wrk.format("POST", one.path, extra, form)
end

function done(summary, latency)
  local wrong = summary.errors
  io.write(string.format('outcome {"requests": %d, "seconds": %.6f, "errors": %d, "p50": %.3f, "p99": %.3f}\n',
    summary.requests, summary.duration / 1e6, wrong.status + wrong.connect + wrong.read + wrong.write + wrong.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
