package imageservice.functions.pxe;

import imageservice.functions.http.Request;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a client's `User-Agent` says of its iPXE: `iPXE/1.0.0+git-20190125.36a4c85`.
final class Ipxe {
  private static final Pattern AGENT =
      Pattern.compile("iPXE/(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})(\\S*).*");
  private static final Pattern DATE = Pattern.compile("git-?(\\d{8})");

  /// The day since when iPXE hands an initramfs to a kernel under UEFI by itself (iPXE, commit
  /// 6a004be0c), as Linux asks for it since 5.7.
  private static final String HANDS_OVER_SINCE = "20230215";

  /// The last numbered version before that day.
  private static final int[] LAST_WITHOUT = {1, 21, 1};

  private Ipxe() {}

  /// Whether under UEFI the kernel finds the initramfs only by the argument `initrd=`. Versions
  /// between two numbers that do not say their day are taken for newer ones.
  static boolean needsInitramfsName(Request request) {
    Matcher agent = AGENT.matcher(request.header("user-agent").orElse(""));
    if (!agent.matches()) {
      return false;
    }
    String build = agent.group(4);
    Matcher date = DATE.matcher(build);
    if (date.find()) {
      return date.group(1).compareTo(HANDS_OVER_SINCE) < 0;
    }
    int order = Arrays.compare(numbers(agent), LAST_WITHOUT);
    return order < 0 || (order == 0 && build.isEmpty());
  }

  private static int[] numbers(Matcher agent) {
    return new int[] {
      Integer.parseInt(agent.group(1)),
      Integer.parseInt(agent.group(2)),
      Integer.parseInt(agent.group(3))
    };
  }
}
