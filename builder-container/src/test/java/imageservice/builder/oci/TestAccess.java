package imageservice.builder.oci;

import java.time.Duration;

/// Patience for registries on loopback: enough for any machine, and no floor that a test could
/// meet.
public final class TestAccess {
  public static final Patience PATIENT =
      new Patience(Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofSeconds(60), 1);

  private TestAccess() {}
}
