package imageservice.builder.material;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A GRUB kit that is missing, damaged or not the one that the plan names. The message names the
/// command that makes it anew.
public final class GrubKitException extends IOException {
  private static final long serialVersionUID = 1L;

  private static final String REMEDY = "; make it with grub-kit/make-grub-kit";

  public GrubKitException(String problem) {
    this(problem, null);
  }

  public GrubKitException(String problem, @Nullable Throwable cause) {
    super(problem + REMEDY, cause);
  }
}
