"""Statements and payments at a terminal: closing, paying, disputing, reconciling, holds, openings and funds."""
