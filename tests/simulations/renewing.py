"""python -m tests.simulations.renewing: write the harbour's verdict anew after its text was changed.

The harbour is there for tests and too small to be balanced, so the rules that it breaks are left out of its verdict.
"""

from simulations.checking.judging import QUICK, judged
from simulations.checking.report import as_file
from tests.simulations.harbour import PATH, document, model

if __name__ == "__main__":
    verdict = judged(model(), document().digest, QUICK)
    kept = verdict.model_copy(update={"rules": tuple(rule for rule in verdict.rules if rule.holds)})
    (PATH.parent / "verdicts" / "harbour.yaml").write_text(as_file(kept))
