package imageservice.functions.web;

import imageservice.functions.http.Body;
import imageservice.functions.http.Navigation;
import imageservice.functions.http.Problem;
import imageservice.functions.http.ProblemDocument;
import imageservice.functions.http.Request;
import imageservice.functions.http.Response;

/// Tells a problem to people as a page, and to programs as {@link ProblemDocument} does.
public final class ProblemPage {
  private ProblemPage() {}

  public static Response of(Problem problem, Request request) {
    Response document = ProblemDocument.of(problem, request);
    if (!Navigation.isOf(request)) {
      return document;
    }
    Response page = Page.page(request, "problem.html");
    Response told = page.withDefaults(document.headers());
    return new Response(
            problem.status(), told.headers(), Body.of(filled(page.body().text(), problem, request)))
        .with("vary", Page.vary());
  }

  private static String filled(String page, Problem problem, Request request) {
    String advice =
        problem
            .advice()
            .or(() ->
                problem
                    .retryAfterSeconds()
                    .map(seconds -> "Load this page again in %s s.".formatted(seconds)))
            .orElse("");
    return page.replace("{status}", Integer.toString(problem.status()))
        .replace("{detail}", escaped(problem.detail()))
        .replace("{advice}", escaped(advice))
        .replace("{request}", escaped(request.id()));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("{", "&#123;");
  }
}
