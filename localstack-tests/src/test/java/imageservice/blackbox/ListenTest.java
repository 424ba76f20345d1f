package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service on the address that the operator names.
final class ListenTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void everythingIsAtTheAddressAndNothingElsewhere() throws Exception {
    Machine machine = Machine.in(folder);
    try (ServiceProcess process = machine.serve(0, "--listen", "127.0.0.2");
        Client client = new Client(process.url())) {
      String own = "http://127.0.0.2:" + process.port() + "/";
      assertThat(process.url()).isEqualTo(own);
      String asset = "/image/" + client.configure("{}") + "/v1.9.5/cmdline-metal-amd64";
      assertThat(client.follow("GET", asset).status()).isEqualTo(200);
      assertThat(client.get(asset).required("location")).startsWith(own);
      String pxe = "/pxe/" + client.configure("{}") + "/v1.9.5/metal-amd64";
      assertThat(client.follow("GET", pxe).text()).contains("kernel " + own);
      int port = process.port();
      assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void whatCannotBeListenedOnIsToldAtTheStart() throws Exception {
    Machine machine = Machine.in(folder);
    try (ServiceProcess serve = machine.begin(0, "--listen", "0.0.0.0")) {
      assertThat(serve.awaitExit()).isEqualTo(1);
      assertThat(serve.log())
          .contains("say which one clients use, such as --external-url http://192.168.1.5:PORT/");
    }
    try (ServiceProcess serve = machine.begin(0, "--listen", "factory.example")) {
      assertThat(serve.awaitExit()).isEqualTo(1);
      assertThat(serve.log()).contains("--listen factory.example: not an IP address");
    }
  }
}
