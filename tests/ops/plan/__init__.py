"""Plans that go out as workbooks and come back."""
