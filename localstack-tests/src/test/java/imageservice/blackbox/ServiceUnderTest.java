package imageservice.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// The service that tests of good behaviour share: the one at `-Dservice.url=…` where that is
/// given, otherwise one of our own over synthetic releases, started once for the whole run.
final class ServiceUnderTest implements AutoCloseable {
  private final String url;
  private final @Nullable Machine machine;
  private final @Nullable ServiceProcess process;

  private ServiceUnderTest(
      String url, @Nullable Machine machine, @Nullable ServiceProcess process) {
    this.url = url;
    this.machine = machine;
    this.process = process;
  }

  String url() {
    return url;
  }

  Client client() {
    return new Client(url);
  }

  /// The log of our own service; a test that reads it does not run against another.
  String log() throws IOException {
    Assumptions.assumeTrue(process != null, "SKIPPED: needs a service of our own to read its log");
    return java.util.Objects.requireNonNull(process).log();
  }

  /// What our own service runs on.
  Machine machine() {
    Assumptions.assumeTrue(machine != null, "SKIPPED: needs a service of our own and its folder");
    return java.util.Objects.requireNonNull(machine);
  }

  boolean hasSyntheticRelease() {
    return machine != null;
  }

  @Override
  public void close() throws IOException {
    if (process != null && machine != null) {
      process.close();
      delete(machine.folder());
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> paths = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : paths) {
        Files.delete(path);
      }
    }
  }

  private static ServiceUnderTest open() throws IOException, InterruptedException {
    String given = System.getProperty("service.url", "");
    if (!given.isEmpty()) {
      return new ServiceUnderTest(given.endsWith("/") ? given : given + "/", null, null);
    }
    Machine machine = Machine.in(Files.createTempDirectory("image-service-test"));
    ServiceProcess process = machine.serve(0);
    return new ServiceUnderTest(process.url(), machine, process);
  }

  /// Gives test classes the one that is shared.
  static final class Shared implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == ServiceUnderTest.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.create(Shared.class))
          .computeIfAbsent(
              ServiceUnderTest.class,
              ignored -> {
                try {
                  return open();
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
    }
  }
}
