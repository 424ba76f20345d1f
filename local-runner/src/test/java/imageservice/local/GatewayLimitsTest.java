package imageservice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How long and how many connections last.
@Timeout(60)
final class GatewayLimitsTest {
  private static final String OK =
      "{\"statusCode\":200,\"headers\":{},\"body\":\"hello\",\"isBase64Encoded\":false}";
  private static final String LAST = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
  private static final String KEPT = " HTTP/1.1\r\nHost: x\r\n";
  private static final Duration SHORT = Duration.ofMillis(600);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int FEW = 3;

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @Test
  void leavesClientsThatSayNothing() throws Exception {
    try (Gateway hasty = started(Wire.bound(SHORT, LONG, FEW), function());
        Socket inAHead = Wire.connect(hasty);
        Socket inABody = Wire.connect(hasty)) {
      Wire.send(inAHead, "GET /" + KEPT);
      Wire.send(inABody, "POST /" + KEPT + "Content-Length: 2\r\n\r\na");
      assertThat(Wire.rest(inABody))
          .startsWith("HTTP/1.1 408 ")
          .endsWith("\r\n\r\nthe request did not arrive in time\n");
      assertThat(Wire.rest(inAHead)).doesNotContain("HTTP/1.1 200 ");
    }
    assertThat(events).isEmpty();
  }

  @Test
  void leavesClientsThatTrickle() throws Exception {
    try (Gateway hasty = started(Wire.bound(LONG, SHORT, FEW), function());
        Socket inAHead = Wire.connect(hasty);
        Socket inABody = Wire.connect(hasty)) {
      Wire.send(inAHead, "GET /" + KEPT + "X: ");
      Wire.send(inABody, "POST /" + KEPT + "Content-Length: 1000000\r\n\r\n");
      trickle(inAHead);
      trickle(inABody);
    }
    assertThat(events).isEmpty();
  }

  @Test
  void keepsAConnectionThatIsIdleBetweenRequests() throws Exception {
    try (Gateway hasty = started(Wire.bound(LONG, SHORT, FEW), function());
        Socket socket = Wire.connect(hasty)) {
      sleep(SHORT.multipliedBy(2));
      Wire.send(socket, "GET /" + KEPT + "\r\n");
      assertThat(events.take()).contains("\"GET\"");
      sleep(SHORT.multipliedBy(2));
      Wire.send(socket, "GET /" + LAST + "\r\n");
      assertThat(Wire.rest(socket).split("HTTP/1.1 200 ", -1)).hasSize(3);
    }
  }

  @Test
  void doesNotCountAFunctionsWorkAsSilence() throws Exception {
    RequestStreamHandler slow =
        (in, out, context) -> {
          sleep(SHORT.multipliedBy(3));
          function().handleRequest(in, out, context);
        };
    try (Gateway hasty = started(Wire.bound(SHORT, LONG, FEW), slow);
        Socket socket = Wire.connect(hasty)) {
      Wire.send(socket, "GET /" + LAST + "\r\n");
      assertThat(Wire.rest(socket)).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void letsFurtherConnectionsWait() throws Exception {
    try (Gateway small = started(Wire.bound(LONG, LONG, 1), function());
        Socket first = Wire.connect(small);
        Socket second = Wire.connect(small)) {
      Wire.send(first, "GET /first" + KEPT + "\r\n");
      assertThat(events.take()).contains("\"/first\"");
      Wire.send(second, "GET /second" + LAST + "\r\n");
      sleep(SHORT);
      assertThat(events).isEmpty();
      first.shutdownOutput();
      assertThat(Wire.rest(second)).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void stopsWhoeverIsInTheMiddle() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    RequestStreamHandler endless =
        (in, out, context) -> {
          began.countDown();
          sleep(Duration.ofMinutes(1));
        };
    Gateway stopped = started(Wire.bound(LONG, LONG, FEW), endless);
    try (Socket waiting = Wire.connect(stopped);
        Socket sending = Wire.connect(stopped)) {
      Wire.send(waiting, "GET /" + KEPT + "\r\n");
      Wire.send(sending, "POST /" + KEPT + "Content-Length: 2\r\n\r\na");
      began.await();
      long start = System.nanoTime();
      stopped.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      assertThat(Wire.rest(waiting)).doesNotContain("HTTP/1.1 200 ");
      assertThat(Wire.rest(sending)).doesNotContain("HTTP/1.1 200 ");
    }
  }

  @Test
  void answersOthersWhileManySendTooMuch() throws Exception {
    List<Socket> senders = new ArrayList<>();
    try (Gateway gateway = started(Wire.bound(LONG, LONG, 100), function());
        Socket other = Wire.connect(gateway)) {
      for (int i = 0; i < 64; i++) {
        Socket sender = Wire.connect(gateway);
        senders.add(sender);
        Wire.send(
            sender, "POST /" + KEPT + "Content-Length: 10000000\r\n\r\n" + "a".repeat(10_000));
      }
      Wire.send(other, "GET /" + LAST + "\r\n");
      assertThat(Wire.rest(other)).startsWith("HTTP/1.1 200 ");
      for (Socket sender : senders) {
        sender.shutdownOutput();
        assertThat(Wire.rest(sender)).startsWith("HTTP/1.1 413 ");
      }
    } finally {
      for (Socket sender : senders) {
        sender.close();
      }
    }
  }

  @Test
  void letsLargeDocumentsTakeTurns() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try (Gateway gateway =
            started(Wire.bound(new Gateway.Limits(SHORT, LONG, LONG, 100)), function());
        Socket further = Wire.connect(gateway);
        Socket small = Wire.connect(gateway)) {
      for (int i = 0; i < GatewayBodies.ROOM / GatewayBodies.LARGEST; i++) {
        Socket sender = Wire.connect(gateway);
        slow.add(sender);
        Wire.send(
            sender, "POST /" + LAST + "Expect: 100-continue\r\nContent-Length: 1048576\r\n\r\n");
        assertThat(sender.getInputStream().read()).isEqualTo('H'); // it is asked for its body
      }
      Wire.send(further, "POST /" + LAST + "Content-Length: 1048576\r\n\r\n");
      further.shutdownOutput();
      assertThat(Wire.rest(further))
          .startsWith("HTTP/1.1 503 ")
          .containsIgnoringCase("\r\nretry-after: 5\r\n")
          .endsWith("too many large documents are posted at once; repeat the request\n");
      Wire.send(small, "POST /" + LAST + "Content-Length: 2\r\n\r\n{}");
      assertThat(Wire.rest(small)).startsWith("HTTP/1.1 200 ");
    } finally {
      for (Socket sender : slow) {
        sender.close();
      }
    }
  }

  @Test
  void keepsNoRoomForRequestsWithoutABody() throws Exception {
    int many = 2 * GatewayBodies.ROOM / GatewayBodies.LARGEST;
    CountDownLatch all = new CountDownLatch(many);
    RequestStreamHandler waiting =
        (in, out, context) -> {
          all.countDown();
          await(all);
          function().handleRequest(in, out, context);
        };
    List<Socket> clients = new ArrayList<>();
    try (Gateway gateway = started(Wire.bound(LONG, LONG, 100), waiting)) {
      for (int i = 0; i < many; i++) {
        Socket client = Wire.connect(gateway);
        clients.add(client);
        Wire.send(client, "GET /" + LAST + "\r\n");
      }
      for (Socket client : clients) {
        assertThat(Wire.rest(client)).startsWith("HTTP/1.1 200 ");
      }
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  @Test
  void freesThePortThatItNeverAnsweredOn() throws Exception {
    Gateway idle = Wire.bound(LONG, LONG, FEW);
    int port = idle.port();
    idle.close();
    Gateway.bind(ListenAddress.loopback(port), Gateway.Limits.STANDARD).close();
  }

  /// Sends a byte now and then until the gateway has had enough.
  private static void trickle(Socket socket) throws IOException {
    try {
      while (true) {
        Wire.send(socket, "a");
        sleep(SHORT.dividedBy(10));
      }
    } catch (SocketException e) {
      // It is cut off.
    }
  }

  private RequestStreamHandler function() {
    return (in, out, context) -> {
      events.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      out.write(OK.getBytes(StandardCharsets.UTF_8));
    };
  }

  private Gateway started(Gateway gateway, RequestStreamHandler function) {
    gateway.start(Wire.backend(function, new PrintStream(log, true, StandardCharsets.UTF_8)));
    return gateway;
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void sleep(Duration time) throws IOException {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
