package imageservice.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// A running service in one of its {@link Shape}s.
interface ServiceUnderTest extends AutoCloseable {
  String url();

  default Client client() {
    return new Client(url());
  }

  /// What all of its parts wrote.
  String log() throws IOException;

  /// Whether it serves the synthetic releases.
  boolean hasSyntheticRelease();

  /// The folder with the synthetic releases.
  Path releases();

  /// Where it takes the releases from.
  FaultyRegistry registry();

  /// As many clients at once as this machine bears: where each waits in a process of its own, few.
  int clientsAtOnce();

  /// Removes the object that a link leads to.
  void removeObject(String link) throws IOException;

  /// Cuts the object that a link leads to.
  void cutObject(String link, int length) throws IOException;

  /// `kill -9` of whatever builds.
  void killBuilders() throws IOException, InterruptedException;

  /// Removes what it has of the releases' images, and has it start again.
  void forgetImages() throws IOException, InterruptedException;

  /// Ends all of it and has it start again, with what it kept.
  void restart() throws IOException, InterruptedException;

  @Override
  void close() throws IOException;

  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> paths = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : paths) {
        Files.delete(path);
      }
    }
  }

  /// Gives test classes the one that is shared, or the shape, of which they start their own.
  final class Shared implements BeforeAllCallback, ParameterResolver {
    @Override
    public void beforeAll(ExtensionContext context) {
      shape(context).require();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      Class<?> type = parameter.getParameter().getType();
      return type == ServiceUnderTest.class || type == Shape.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      Shape shape = shape(context);
      return parameter.getParameter().getType() == Shape.class
          ? shape
          : store(context).computeIfAbsent(ServiceUnderTest.class, ignored -> open(shape));
    }

    private static Shape shape(ExtensionContext context) {
      return store(context).computeIfAbsent(Shape.class, ignored -> Shape.ofTheRun(), Shape.class);
    }

    private static Store store(ExtensionContext context) {
      return context.getRoot().getStore(Namespace.create(Shared.class));
    }

    private static ServiceUnderTest open(Shape shape) {
      try {
        return shape.start(Files.createTempDirectory("image-service-test"));
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
