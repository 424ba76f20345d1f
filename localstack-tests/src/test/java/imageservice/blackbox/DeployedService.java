package imageservice.blackbox;

import imageservice.blackbox.deployed.Deployment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/// The stack in an emulator of AWS.
record DeployedService(Machine machine, FaultyRegistry registry, Deployment deployment)
    implements ServiceUnderTest {
  @Override
  public String url() {
    return deployment.url();
  }

  @Override
  public String log() throws IOException {
    return deployment.log();
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
  public int clientsAtOnce() {
    return 6;
  }

  @Override
  public void removeObject(String link) throws IOException {
    deployment.remove(key(link));
  }

  @Override
  public void cutObject(String link, int length) throws IOException {
    deployment.cut(key(link), length);
  }

  /// Of a link of the form that an emulator's address takes: the bucket comes first.
  private static String key(String link) {
    return URI.create(link).getPath().split("/", 3)[2];
  }

  @Override
  public void killBuilders() throws IOException, InterruptedException {
    deployment.killBuilders();
  }

  /// They are in temporary folders of instances, and in the bucket for all of them.
  @Override
  public void forgetImages() throws IOException, InterruptedException {
    deployment.killInstances();
    deployment.removeAll("material/");
  }

  @Override
  public void restart() throws IOException, InterruptedException {
    deployment.killInstances();
  }

  @Override
  public void close() throws IOException {
    deployment.close();
    registry.close();
    ServiceUnderTest.delete(machine.folder());
  }
}
