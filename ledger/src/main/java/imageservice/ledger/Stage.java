package imageservice.ledger;

import java.util.Locale;

/// How far a build is.
public enum Stage {
  QUEUED,
  FETCHING,
  ASSEMBLING,
  STORING;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
