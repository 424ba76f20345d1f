package imageservice.demo;

import imageservice.asset.Architecture;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The same thing for each architecture.
record PerArchitecture<T>(T amd64, T arm64) {
  /// How the thing is made.
  interface Maker<T> {
    T make(Architecture architecture) throws IOException;
  }

  /// Makes both at the same time. The first failure is thrown.
  static <T> PerArchitecture<T> atOnce(Maker<T> maker) throws IOException {
    try (ExecutorService threads = Executors.newFixedThreadPool(Architecture.values().length)) {
      Future<T> amd64 = threads.submit(() -> maker.make(Architecture.AMD64));
      Future<T> arm64 = threads.submit(() -> maker.make(Architecture.ARM64));
      return new PerArchitecture<>(await(amd64), await(arm64));
    }
  }

  T of(Architecture architecture) {
    return switch (architecture) {
      case AMD64 -> amd64;
      case ARM64 -> arm64;
    };
  }

  private static <T> T await(Future<T> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
