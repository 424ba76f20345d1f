package imageservice.blackbox;

import java.io.IOException;
import java.nio.file.Path;

/// A way to run the service. `-Dshape=deployed` has the tests run against the stack in an emulator
/// of AWS, `-Dservice.url=…` against one that runs already; otherwise it is one process here.
interface Shape extends AutoCloseable {
  /// Starts a service of its own over a machine's releases, which a registry serves.
  ///
  /// @param machine with the folder for everything that it keeps, which goes with it
  ServiceUnderTest start(Machine machine) throws IOException, InterruptedException;

  /// The same over the usual releases.
  ///
  /// @param folder of its machine
  default ServiceUnderTest start(Path folder) throws IOException, InterruptedException {
    return start(Machine.in(folder));
  }

  /// Skips tests, or fails them, where a program is missing that it needs.
  default void require() {}

  @Override
  default void close() throws IOException {}

  /// The one that the run asks for.
  static Shape ofTheRun() {
    String url = System.getProperty("service.url", "");
    if (!url.isEmpty()) {
      return machine -> new GivenService(url.endsWith("/") ? url : url + "/");
    }
    return System.getProperty("shape", "").equals("deployed")
        ? new DeployedShape()
        : LaptopService::start;
  }
}
