package imageservice.ledger;

import java.util.Locale;

/// The stages of a build, in order.
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
