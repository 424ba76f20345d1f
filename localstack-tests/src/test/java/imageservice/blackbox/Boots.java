package imageservice.blackbox;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/// A class that starts machines in QEMU, one at a time, beside all other classes: without KVM one
/// machine keeps one processor busy.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("boot")
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Boots.PROCESSOR)
@interface Boots {
  /// What keeps a processor busy for long, on a machine of two.
  String PROCESSOR = "the other processor";
}
