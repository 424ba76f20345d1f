package imageservice.builder.oci;

import imageservice.json.MalformedJsonException;
import imageservice.text.Shown;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Source material that could not be fetched. Each message names the repository and the tag or
/// digest, what is wrong, and what to do. As it may quote the source, what is wrong is cut.
public abstract sealed class SourceException extends IOException {
  private static final long serialVersionUID = 1L;

  /// Characters that say what is wrong; no sentence of this package has as many.
  private static final int SHOWN = 600;

  private SourceException(
      String subject, String problem, String remedy, @Nullable Throwable cause) {
    super("%s: %s; %s".formatted(subject, Shown.of(problem, SHOWN), remedy), cause);
  }

  /// The source does not have it.
  public static final class NotFound extends SourceException {
    private static final long serialVersionUID = 1L;

    public NotFound(String subject, String problem, String remedy) {
      super(subject, problem, remedy, null);
    }
  }

  /// The source has it for other architectures only.
  public static final class NoPlatform extends SourceException {
    private static final long serialVersionUID = 1L;

    NoPlatform(String subject, String problem) {
      super(subject, problem, "choose another architecture or leave it out", null);
    }
  }

  /// The source does not give it to us.
  public static final class Denied extends SourceException {
    private static final long serialVersionUID = 1L;

    Denied(String subject, String problem, String remedy) {
      super(subject, problem, remedy, null);
    }
  }

  /// The source does what only the operator can allow.
  public static final class NotAllowed extends SourceException {
    private static final long serialVersionUID = 1L;

    NotAllowed(String subject, String problem, String remedy) {
      super(subject, problem, remedy, null);
    }
  }

  /// The source does not answer now, or too slowly; the same request may succeed later.
  public static final class Unavailable extends SourceException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    public Unavailable(
        String subject, String problem, @Nullable Duration retryAfter, @Nullable Throwable cause) {
      super(subject, problem, "try again later or check the network", cause);
      this.retryAfter = retryAfter;
    }

    /// How long the source asks clients to wait.
    public Optional<Duration> retryAfter() {
      return Optional.ofNullable(retryAfter);
    }
  }

  /// An answer that is not what its specification demands.
  public static final class Malformed extends SourceException {
    private static final long serialVersionUID = 1L;

    public Malformed(String subject, String problem, @Nullable Throwable cause) {
      super(subject, problem, "the source or what was pushed to it is broken", cause);
    }

    Malformed(String subject, MalformedJsonException cause) {
      this(subject, Objects.requireNonNull(cause.getMessage()), cause);
    }
  }

  /// Content that is not what its digest or its descriptor's size says.
  public static final class Tampered extends SourceException {
    private static final long serialVersionUID = 1L;

    Tampered(String subject, String problem) {
      super(subject, problem, "the source or something on the way changed it: do not use it", null);
    }
  }

  /// Content beyond a limit.
  public static final class TooLarge extends SourceException {
    private static final long serialVersionUID = 1L;

    public TooLarge(String subject, String problem) {
      super(subject, problem, "no image that is supported needs this much", null);
    }
  }

  /// An image that must not be used.
  public static final class Untrusted extends SourceException {
    private static final long serialVersionUID = 1L;

    public Untrusted(String subject, String problem, String remedy) {
      super(subject, problem, remedy, null);
    }
  }
}
