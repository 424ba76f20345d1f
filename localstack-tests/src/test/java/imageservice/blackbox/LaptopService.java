package imageservice.blackbox;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// All of the service in one process.
final class LaptopService implements ServiceUnderTest {
  private final Machine machine;
  private final FaultyRegistry registry;
  private final int port;
  private final String url;
  private ServiceProcess process;
  private String earlier = "";

  private LaptopService(Machine machine, FaultyRegistry registry, ServiceProcess process)
      throws IOException {
    this.machine = machine;
    this.registry = registry;
    this.process = process;
    this.port = process.port();
    this.url = process.url();
  }

  static ServiceUnderTest start(Machine machine) throws IOException, InterruptedException {
    FaultyRegistry registry = new FaultyRegistry(machine.releases());
    Machine own = machine.withSource(registry.prefix());
    return new LaptopService(own, registry, own.serve(0, "--proxy-sources"));
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public String log() throws IOException {
    return earlier + process.log();
  }

  @Override
  public boolean hasSyntheticRelease() {
    return true;
  }

  @Override
  public Path releases() {
    return machine.releases();
  }

  @Override
  public FaultyRegistry registry() {
    return registry;
  }

  @Override
  public int clientsAtOnce() {
    return 100;
  }

  @Override
  public void removeObject(String link) throws IOException {
    Files.delete(object(link));
  }

  @Override
  public void cutObject(String link, int length) throws IOException {
    try (FileChannel content = FileChannel.open(object(link), StandardOpenOption.WRITE)) {
      content.truncate(length);
    }
  }

  private Path object(String link) {
    return machine.data().resolve("objects").resolve(URI.create(link).getPath().substring(1));
  }

  /// They are in the one process.
  @Override
  public void killBuilders() throws IOException, InterruptedException {
    process.kill();
    startAgain();
  }

  @Override
  public void forgetImages() throws IOException, InterruptedException {
    process.terminate();
    ServiceUnderTest.delete(machine.data().resolve("blobs"));
    startAgain();
  }

  @Override
  public void restart() throws IOException, InterruptedException {
    process.terminate();
    startAgain();
  }

  private void startAgain() throws IOException, InterruptedException {
    earlier = log();
    process = machine.serve(port, "--proxy-sources");
  }

  @Override
  public void close() throws IOException {
    process.close();
    registry.close();
    ServiceUnderTest.delete(machine.folder());
  }
}
