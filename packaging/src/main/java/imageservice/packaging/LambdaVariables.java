package imageservice.packaging;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// What Lambda and the stack tell a function in its environment.
final class LambdaVariables {
  private LambdaVariables() {}

  /// @param root the folder with the function's code
  static Map<String, String> of(RuntimeApi runtime, String handler, Path root, World world) {
    Map<String, String> variables = new HashMap<>(world.variables());
    variables.put("AWS_LAMBDA_RUNTIME_API", runtime.address());
    variables.put("_HANDLER", handler);
    variables.put("LAMBDA_TASK_ROOT", root.toString());
    variables.put("AWS_LAMBDA_FUNCTION_NAME", "function");
    variables.put("STACK_NAME", "stack");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
    variables.put("AWS_REGION", "eu-central-1");
    variables.put("AWS_ACCESS_KEY_ID", "id");
    variables.put("AWS_SECRET_ACCESS_KEY", "secret");
    variables.put("AWS_SESSION_TOKEN", "token");
    return variables;
  }
}
