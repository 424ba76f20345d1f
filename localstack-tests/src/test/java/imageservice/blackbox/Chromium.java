package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/// A person's browser: Debian's Chromium, which asks no host but the service.
final class Chromium implements AutoCloseable {
  private static final String PROGRAM = "/usr/bin/chromium";
  private static final Path SCREENSHOTS =
      Path.of(System.getProperty("build.folder", "target"), "screenshots");

  private final Playwright playwright;
  private final Browser browser;
  private final String url;

  /// What went wrong in any page, and what was asked of other hosts.
  private final List<String> troubles = new CopyOnWriteArrayList<>();

  /// How a person looks at pages.
  record Eyes(int width, int height, ColorScheme scheme, String language) {
    static final Eyes USUAL = new Eyes(1280, 900, ColorScheme.LIGHT, "en-GB");
    static final Eyes PHONE = new Eyes(360, 740, ColorScheme.DARK, "en-GB");

    static Eyes reading(String language) {
      return new Eyes(1280, 900, ColorScheme.LIGHT, language);
    }
  }

  Chromium(String url) {
    Command.require(PROGRAM);
    this.url = url;
    this.playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    this.browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of(PROGRAM))
                    .setArgs(List.of("--no-sandbox")));
  }

  /// A page of a person who was never here before.
  Page page(Eyes eyes) {
    return page(eyes, false);
  }

  /// @param injects whether a test brings scripts of its own, which the pages' policy forbids
  Page page(Eyes eyes, boolean injects) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(eyes.width(), eyes.height())
                .setColorScheme(eyes.scheme())
                .setLocale(eyes.language())
                .setBypassCSP(injects));
    context.onRequest(this::look);
    Page page = context.newPage();
    page.onConsoleMessage(this::look);
    page.onPageError(troubles::add);
    return page;
  }

  private void look(Request request) {
    if (!request.url().startsWith(url)) {
      troubles.add("asked another host: " + request.url());
    }
  }

  private void look(ConsoleMessage message) {
    if (message.type().equals("error") || message.text().contains("Content Security Policy")) {
      troubles.add(message.text());
    }
  }

  /// Begins anew: what went wrong before was on purpose, or is told already.
  void forgetTroubles() {
    troubles.clear();
  }

  List<String> troubles() {
    return List.copyOf(troubles);
  }

  static void click(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  /// Waits for a page by its heading.
  static void reads(Page page, String heading) {
    page.getByRole(
            AriaRole.HEADING,
            new Page.GetByRoleOptions().setName(Pattern.compile("^" + heading)).setLevel(1))
        .waitFor();
  }

  /// Keeps a picture of a page for people, who look at it.
  static void picture(Page page, String name) {
    byte[] picture =
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    assertThat(picture).isNotEmpty();
  }

  /// Whether something is wider than the window.
  static boolean isTooWide(Page page) {
    Object wide =
        page.evaluate(
            "() => document.documentElement.scrollWidth > document.documentElement.clientWidth");
    return Boolean.TRUE.equals(wide);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
