package imageservice.blackbox.deployed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/// Runs within functions: writes the name of each call of an AWS service into a file of the
/// instance. The SDK finds it by its own file of interceptors on the class path.
public final class CallRecorder implements ExecutionInterceptor {
  /// The SDK's file that names interceptors.
  static final String SERVICES = "software/amazon/awssdk/global/handlers/execution.interceptors";

  /// The variable that has the file of this instance.
  static final String VARIABLE = "CALL_RECORD";

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    String call =
        attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME)
            + ":"
            + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME)
            + "\n";
    try {
      Files.writeString(
          Path.of(System.getenv(VARIABLE)),
          call,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
