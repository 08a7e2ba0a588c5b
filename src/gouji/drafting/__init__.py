"""Texts written from the recognised tables by a pack's template; what no table says is a gap."""

from gouji.drafting.draft import Draft, draft_text

__all__ = ["Draft", "draft_text"]
