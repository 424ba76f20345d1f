package imageservice.functions.http;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What tells one state of a resource from another (RFC 9110, 8.8), and what a request's
/// preconditions come to beside it.
///
/// @param tag the strong entity tag with its quotes
/// @param modified in whole seconds
public record Validators(Optional<String> tag, Optional<Instant> modified) {
  /// A member of a list of entity tags. Tags without quotes are understood as well, as S3 does.
  private static final Pattern TAG = Pattern.compile("(?<weak>W/)?(?<tag>\"[^\"]*\"|[^\",\\s]+)");

  /// What becomes of a request.
  public enum Verdict {
    /// It is answered as if it had no preconditions.
    PERFORM,
    /// 304: the client has this state.
    NOT_MODIFIED,
    /// 412: the client wanted another state.
    FAILED
  }

  /// Those in the headers of a response.
  public static Validators of(Response response) {
    return new Validators(
        response.header("etag"), response.header("last-modified").flatMap(HttpDate::parse));
  }

  /// The verdict on a GET or HEAD, in the order of RFC 9110, 13.2.2: a header about tags has the
  /// one about dates ignored.
  public Verdict verdict(Request request) {
    Optional<String> match = request.header("if-match");
    Optional<String> noneMatch = request.header("if-none-match");
    boolean wanted =
        match.isPresent()
            ? lists(match.get(), false)
            : !isDated(request, "if-unmodified-since", date -> isAfter(date));
    if (!wanted) {
      return Verdict.FAILED;
    }
    boolean known =
        noneMatch.isPresent()
            ? lists(noneMatch.get(), true)
            : isDated(request, "if-modified-since", date -> !isAfter(date));
    return known ? Verdict.NOT_MODIFIED : Verdict.PERFORM;
  }

  /// Whether a range may be answered by a part (RFC 9110, 13.1.5): the client's earlier part is of
  /// this very state. A date stands for the state only where it is exactly the same.
  public boolean allowRange(Request request) {
    Optional<String> condition = request.header("if-range");
    if (condition.isEmpty()) {
      return true;
    }
    Optional<Instant> date = HttpDate.parse(condition.get());
    return date.isPresent() ? date.equals(modified) : lists(condition.get(), false);
  }

  /// Whether a list of entity tags names this one.
  ///
  /// @param weakly whether a weak tag counts (RFC 9110, 8.8.3.2)
  private boolean lists(String tags, boolean weakly) {
    if (tags.strip().equals("*")) {
      return true;
    }
    String own = bare(tag.orElse(""));
    Matcher given = TAG.matcher(tags);
    while (given.find()) {
      boolean counts = weakly || given.group("weak") == null;
      if (counts && tag.isPresent() && bare(given.group("tag")).equals(own)) {
        return true;
      }
    }
    return false;
  }

  private static String bare(String tag) {
    return tag.replace("\"", "");
  }

  private boolean isDated(Request request, String header, Predicate<Instant> condition) {
    return modified.isPresent()
        && request.header(header).flatMap(HttpDate::parse).filter(condition).isPresent();
  }

  private boolean isAfter(Instant date) {
    return modified.filter(own -> own.isAfter(date)).isPresent();
  }
}
