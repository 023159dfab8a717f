"""PartnerDesk: partners, joint plans, tiers and earnings on one local file."""

__version__ = "0.1.0"
