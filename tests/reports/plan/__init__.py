"""Documents of joint plans."""
