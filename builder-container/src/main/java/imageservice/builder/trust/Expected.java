package imageservice.builder.trust;

import java.util.regex.Pattern;

/// What a policy expects a text to be.
public sealed interface Expected {
  /// This text.
  record Exactly(String text) implements Expected {
    @Override
    public boolean matches(String actual) {
      return text.equals(actual);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /// A text in which the expression is found.
  record Found(Pattern expression) implements Expected {
    @Override
    public boolean matches(String actual) {
      return expression.matcher(actual).find();
    }

    @Override
    public String toString() {
      return "~" + expression.pattern();
    }
  }

  boolean matches(String actual);
}
