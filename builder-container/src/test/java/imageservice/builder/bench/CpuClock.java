package imageservice.builder.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The processor time of this process, to the nanosecond; the one that Java offers counts in steps
/// of 10 ms. `clock_gettime` of 64-bit Linux.
record CpuClock(MethodHandle clockGettime, MemorySegment time) {
  private static final int CLOCK_PROCESS_CPUTIME_ID = 2;
  private static final long NANOS = 1_000_000_000L;

  /// Restricted, as calling C is: bench/run allows it.
  @SuppressWarnings("restricted")
  static CpuClock ofProcess() {
    Linker linker = Linker.nativeLinker();
    MethodHandle handle =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("clock_gettime"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    return new CpuClock(handle, Arena.global().allocate(ValueLayout.JAVA_LONG, 2));
  }

  long nanoseconds() {
    int status;
    try {
      status = (int) clockGettime.invokeExact(CLOCK_PROCESS_CPUTIME_ID, time);
    } catch (Throwable e) {
      throw new IllegalStateException("clock_gettime", e);
    }
    if (status != 0) {
      throw new IllegalStateException("clock_gettime: " + status);
    }
    return time.getAtIndex(ValueLayout.JAVA_LONG, 0) * NANOS
        + time.getAtIndex(ValueLayout.JAVA_LONG, 1);
  }
}
