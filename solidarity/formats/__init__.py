"""How dates are written where a language's usual way is not ours."""
