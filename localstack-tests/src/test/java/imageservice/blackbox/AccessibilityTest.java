package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import imageservice.blackbox.Chromium.Eyes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Every step, judged by axe.
@ExtendWith(ServiceUnderTest.Shared.class)
final class AccessibilityTest {
  private static final String[] STEPS = {
    "",
    "?target=metal",
    "?target=cloud&version=1.13.2",
    "?target=sbc&version=1.13.2",
    "?target=metal&version=1.13.2",
    "?target=metal&version=1.13.2&arch=amd64",
    "?target=metal&version=1.13.2&arch=amd64&extensions=-",
    "?target=metal&version=1.13.2&arch=amd64&extensions=-&cmdline-set=true",
    "image/376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba/v1.13.2",
    "image/short/v1.13.2",
  };

  @Test
  void axeFindsNothing(ServiceUnderTest service) {
    try (Chromium chromium = new Chromium(service.url())) {
      for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
        Page page = chromium.page(new Eyes(1280, 900, scheme, "en-GB"), true);
        for (String step : STEPS) {
          page.navigate(service.url() + step);
          page.locator("h1").waitFor();
          page.locator("details").all().forEach(each -> each.evaluate("e => { e.open = true; }"));
          assertThat(new AxeBuilder(page).setLegacyMode(true).analyze().getViolations())
              .as(scheme + " " + step)
              .isEmpty();
        }
      }
    }
  }
}
