package imageservice.infra.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The last stage of the builder's Dockerfile, which is the one description of its image. Only what
/// needs no container engine is understood: `COPY` of a folder, `ENV` and `CMD`.
///
/// @param copies in their order
/// @param environment in its order
/// @param command what the image's entry point is told, unless a function says otherwise
public record Dockerfile(List<Copy> copies, Map<String, String> environment, List<String> command) {
  /// A folder's files in the image.
  ///
  /// @param stage the earlier stage that has the folder; empty, it is in the checkout
  /// @param to an absolute path
  public record Copy(String stage, String from, String to) {}

  /// Where Lambda's images have a function's code.
  private static final String TASK_ROOT = "/var/task";

  private static final Pattern COPY =
      Pattern.compile("(?:--from=(?<stage>\\S+) )?(?<from>\\S+) (?<to>/\\S+)");

  private static final Pattern VARIABLE =
      Pattern.compile(
          "\\G(?<name>\\w+)=(?:\"(?<quoted>[^\"\\\\$]*)\"|(?<plain>[^\\s\"\\\\$]+))\\s*");

  private static final Pattern FROM = Pattern.compile("(?m)^FROM \\S+(?: AS \\S+)?$");

  private static final ObjectMapper JSON = new ObjectMapper();

  /// What a text says; an `IllegalArgumentException` names the instruction that is not understood.
  public static Dockerfile parse(String text) {
    Dockerfile read = new Dockerfile(new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>());
    lastStage(text).forEach(read::add);
    return new Dockerfile(
        List.copyOf(read.copies),
        Collections.unmodifiableMap(read.environment),
        List.copyOf(read.command));
  }

  private static List<String> lastStage(String text) {
    String whole = text.replaceAll("(?m)^\\s*#.*\\R", "").replaceAll("\\\\\\R\\s*", " ");
    int stage =
        FROM.matcher(whole)
            .results()
            .mapToInt(MatchResult::end)
            .max()
            .orElseThrow(() -> new IllegalArgumentException("no FROM"));
    return whole.substring(stage).lines().map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private void add(String instruction) {
    String[] parts = instruction.split(" +", 2);
    String rest = parts.length == 2 ? parts[1].replace("${LAMBDA_TASK_ROOT}", TASK_ROOT) : "";
    switch (parts[0]) {
      case "COPY" -> copies.add(copy(instruction, rest));
      case "ENV" -> environment.putAll(variables(instruction, rest));
      case "CMD" -> command.addAll(words(instruction, rest));
      default -> throw unknown(instruction);
    }
  }

  private static Copy copy(String instruction, String rest) {
    Matcher copy = COPY.matcher(rest);
    if (!copy.matches()) {
      throw unknown(instruction);
    }
    String stage = copy.group("stage");
    return new Copy(stage == null ? "" : stage, copy.group("from"), copy.group("to"));
  }

  private static Map<String, String> variables(String instruction, String rest) {
    Map<String, String> variables = new LinkedHashMap<>();
    Matcher each = VARIABLE.matcher(rest);
    int end = 0;
    while (each.find()) {
      String quoted = each.group("quoted");
      variables.put(each.group("name"), quoted == null ? each.group("plain") : quoted);
      end = each.end();
    }
    if (end != rest.length()) {
      throw unknown(instruction);
    }
    return variables;
  }

  private static List<String> words(String instruction, String rest) {
    try {
      return JSON.readValue(rest, new TypeReference<List<String>>() {});
    } catch (JsonProcessingException e) {
      throw unknown(instruction);
    }
  }

  private static IllegalArgumentException unknown(String instruction) {
    return new IllegalArgumentException(
        "the last stage of the builder's Dockerfile has what only a container engine does: "
            + instruction);
  }
}
