"""The policy that pages carry: what it says, and that nothing in the pages or scripts needs a weaker one."""

import base64
import hashlib
import re

from macros.facts.finding import ROOT


def test_every_page_carries_the_policy_and_the_hash_of_its_one_inline_script(pages):
    for path in pages:
        text = path.read_text("utf-8")
        (said,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
        policy = said.replace("&#39;", "'")
        assert "unsafe" not in policy and "default-src 'self'" in policy
        inline = re.findall(r"<script>(.*?)</script>", text, re.S)
        hashes = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in inline]
        assert re.findall(r"'sha256-([^']+)'", policy) == hashes and len(hashes) == 1


def test_a_host_can_send_the_policy(site):
    header = (site / "policy.txt").read_text("utf-8")
    assert header.startswith("Content-Security-Policy: default-src 'self'; ") and header.count("\n") == 1
    assert "frame-ancestors" in header and "'wasm-unsafe-eval'" in header
    assert "unsafe-inline" not in header and "'unsafe-eval'" not in header


def test_no_page_has_a_style_of_its_own_or_a_handler(pages):
    for path in pages:
        text = re.sub(r"<script.*?</script>", "", path.read_text("utf-8"), flags=re.S)
        assert not re.findall(r"<[^>]*\s(?:style|on\w+)=\"[^>]*>|<style", text)[:3], path


def test_no_script_makes_markup_of_a_text():
    makers = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
    makers += r"|createContextualFragment|setHTML|srcdoc|javascript:|\.on\w+ = [\"'`]"
    parsing = set()
    for path in [*(ROOT / "frontend").rglob("*.ts"), ROOT / "frontend" / "head.js"]:
        text = path.read_text("utf-8")
        assert not re.findall(makers, text), path
        if "DOMParser" in text:
            parsing.add(path.relative_to(ROOT / "frontend").as_posix())
    # one takes over only what a drawing has, the other reads a page of this site
    assert parsing == {"run/drawn.ts", "rehearse/after.ts"}
