package imageservice.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// A function that stores the event that it is given by the link in its environment.
public final class KeepsItsEvent implements RequestStreamHandler {
  static final String LINK = "LINK";

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    HttpURLConnection put =
        (HttpURLConnection) URI.create(System.getenv(LINK)).toURL().openConnection();
    put.setRequestMethod("PUT");
    put.setDoOutput(true);
    try (OutputStream body = put.getOutputStream()) {
      input.transferTo(body);
    }
    if (put.getResponseCode() != HttpURLConnection.HTTP_OK) {
      throw new IOException("not stored: " + put.getResponseCode());
    }
  }
}
