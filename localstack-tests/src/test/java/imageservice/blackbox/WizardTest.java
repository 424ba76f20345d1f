package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import imageservice.blackbox.Chromium.Eyes;
import java.nio.file.Files;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The front page, used as a person does.
@ExtendWith(ServiceUnderTest.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WizardTest {
  private static final String BUILDING =
      """
      {"state":"building","stage":"fetching","percent":40,"doneBytes":40000000,"totalBytes":100000000}
      """;

  private final ServiceUnderTest service;
  private final Client client;
  private Chromium chromium;

  WizardTest(ServiceUnderTest service) {
    this.service = service;
    this.client = service.client();
  }

  @BeforeAll
  void open() {
    chromium = new Chromium(service.url());
  }

  @BeforeEach
  void begin() {
    chromium.forgetTroubles();
  }

  @AfterAll
  void close() {
    client.close();
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void aPersonGetsAnIsoThatIsMadeAsAsked() throws Exception {
    String fresh = "fresh=" + UUID.randomUUID();
    for (Eyes eyes : new Eyes[] {Eyes.USUAL, Eyes.PHONE}) {
      Page page = chromium.page(eyes);
      walk(page, fresh + eyes.width(), eyes.width() + "-");
      assertThat(page.url())
          .contains("target=metal", "version=1.13.2", "arch=amd64", "cmdline-set=true")
          .contains("extensions=siderolabs%2Fhello", "schematic-id=");
      String id = page.url().replaceAll(".*schematic-id=", "");
      Locator iso = page.locator("[data-name='metal-amd64.iso']");
      assertThat(iso.innerText()).contains("Not built yet");
      Download download = page.waitForDownload(() -> link(iso).click());
      assertThat(download.suggestedFilename()).isEqualTo("metal-amd64.iso");
      byte[] bytes = Files.readAllBytes(download.path());
      String path = "/image/" + id + "/v1.13.2/metal-amd64.iso";
      assertThat(bytes).isEqualTo(client.download(path).body());
      iso.getByText("Ready").waitFor();
      String sum = client.download(path + ".sha256").text().substring(0, 64);
      assertThat(iso.innerText()).contains(sum);
      Chromium.picture(page, eyes.width() + "-7-ready");
      assertThat(Chromium.isTooWide(page)).isFalse();
    }
    assertThat(chromium.troubles()).isEmpty();
  }

  private static Locator link(Locator row) {
    return row.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Download"));
  }

  /// Bare metal with an extension and this argument, to its downloads.
  private void walk(Page page, String argument, String picture) {
    page.navigate(service.url());
    Chromium.reads(page, "Make a Talos Linux image");
    Chromium.picture(page, picture + "1-machine");
    Chromium.click(page, "Continue");
    Chromium.reads(page, "Which version of Talos");
    Chromium.picture(page, picture + "2-version");
    Chromium.click(page, "Continue");
    Chromium.reads(page, "Which processor");
    Chromium.picture(page, picture + "3-architecture");
    Chromium.click(page, "Continue");
    Chromium.reads(page, "Which system extensions");
    page.getByLabel("Search").fill("hello");
    page.getByLabel(Pattern.compile("^hello")).check();
    Chromium.picture(page, picture + "4-extensions");
    Chromium.click(page, "Continue");
    Chromium.reads(page, "Anything else");
    page.getByLabel("Kernel arguments").fill(argument);
    Chromium.picture(page, picture + "5-settings");
    Chromium.click(page, "Continue");
    Chromium.reads(page, "Your images");
    Chromium.picture(page, picture + "6-downloads");
  }

  @Test
  void goingBackLosesNothingAndNoSecretIsInTheAddress() {
    Page page = chromium.page(Eyes.USUAL);
    page.navigate(service.url() + "?target=metal&version=1.13.2&arch=arm64&extensions=-");
    Chromium.reads(page, "Anything else");
    page.getByLabel("Kernel arguments").fill("a=1 b=\"2 3\"");
    page.getByLabel("Embedded machine configuration").fill("secret: very");
    Chromium.click(page, "Add a value");
    page.getByLabel("Value", new Page.GetByLabelOptions().setExact(true)).fill("secret too");
    Chromium.click(page, "Back");
    Chromium.reads(page, "Which system extensions");
    assertThat(page.url()).contains("selected-cmdline=").doesNotContain("secret");
    Chromium.click(page, "Back");
    Chromium.reads(page, "Which processor");
    assertThat(page.getByLabel(Pattern.compile("^arm64")).isChecked()).isTrue();
    page.goBack();
    Chromium.reads(page, "Which system extensions");
    Chromium.click(page, "Continue");
    Chromium.reads(page, "Anything else");
    assertThat(page.getByLabel("Kernel arguments").inputValue()).isEqualTo("a=1 b=\"2 3\"");
    assertThat(page.getByLabel("Embedded machine configuration").inputValue())
        .isEqualTo("secret: very");
    Chromium.click(page, "Continue");
    Chromium.reads(page, "Your images");
    assertThat(page.url()).doesNotContain("secret");
    assertThat(page.locator("main").innerText())
        .contains("- a=1", "- b=\"2 3\"", "secret: very", "- key: 10", "value: secret too");
    assertThat(chromium.troubles()).isEmpty();
  }

  @Test
  void aConfigurationIsReadInAndKeepsItsId() throws Exception {
    String text =
        """
        customization:
            extraKernelArgs: ["two words", z=1]
            meta: [{key: 12, value: x}]
            systemExtensions: {officialExtensions: [siderolabs/single, siderolabs/hello]}
            secureboot: {includeWellKnownCertificates: true}
            diskImage: {sectorSize: 4096}
        """;
    String id = client.configure(text);
    for (String given : new String[] {text, id}) {
      Page page = chromium.page(Eyes.USUAL);
      page.navigate(service.url());
      page.getByText("Use a configuration that you have").click();
      page.getByLabel("Configuration or id").fill(given);
      Chromium.click(page, "Use it");
      page.getByText("The configuration has been read.").waitFor();
      toTheEnd(page);
      assertThat(page.url()).endsWith("schematic-id=" + id);
    }
    assertThat(chromium.troubles()).isEmpty();
  }

  /// Takes what each step proposes.
  private static void toTheEnd(Page page) {
    Locator end = page.locator("h1:has-text('Your images')");
    Locator next =
        page.getByRole(
            AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Continue").setExact(true));
    end.or(next).first().waitFor();
    while (!end.isVisible()) {
      String heading = page.locator("h1").innerText();
      next.click();
      page.locator("h1").filter(new Locator.FilterOptions().setHasNotText(heading)).waitFor();
    }
  }

  @Test
  void anOverlayWithoutABoardStays() throws Exception {
    String id =
        client.configure(
            "overlay: {image: example/boards, name: mine, options: {a: [1, x]}}\n"
                + "customization: {extraKernelArgs: [b=1]}");
    Page page = chromium.page(Eyes.USUAL);
    page.navigate(service.url() + "?version=1.13.2&schematic-id=" + id);
    Chromium.reads(page, "Make a Talos Linux image");
    toTheEnd(page);
    assertThat(page.url()).contains("target=sbc", "board=mine").endsWith("schematic-id=" + id);
  }

  @Test
  void aBoardGetsItsOverlayWithOptions() {
    Page page = chromium.page(Eyes.USUAL);
    page.navigate(service.url() + "?target=sbc&version=1.13.2");
    Chromium.reads(page, "Which board");
    Chromium.picture(page, "board");
    page.getByLabel(Pattern.compile("^Raspberry Pi 5")).check();
    Chromium.click(page, "Continue");
    Chromium.reads(page, "Which system extensions");
    Chromium.click(page, "Continue");
    Chromium.reads(page, "Anything else");
    page.getByLabel("Options of the overlay").fill("configTxt: |\n  a=1\n  b=2");
    Chromium.click(page, "Continue");
    Chromium.reads(page, "Your images");
    assertThat(page.locator("main").innerText())
        .contains("image: siderolabs/sbc-raspberrypi", "name: rpi_5", "a=1", "metal-arm64.raw.xz");
  }

  @Test
  void aCloudOffersItsOwnFiles() {
    Page page = chromium.page(Eyes.USUAL);
    page.navigate(service.url() + "?target=cloud&version=1.13.2&board=undefined");
    Chromium.reads(page, "Where does it run");
    Chromium.picture(page, "cloud");
    page.getByLabel(Pattern.compile("^Hetzner")).check();
    Chromium.click(page, "Continue");
    // its machines are all alike
    Chromium.reads(page, "Which system extensions");
    assertThat(page.url()).contains("platform=hcloud", "arch=amd64");
    toTheEnd(page);
    assertThat(page.locator("main").innerText())
        .contains("hcloud-amd64.raw.xz", "/hcloud-installer/")
        .doesNotContain(".iso");
    assertThat(chromium.troubles()).isEmpty();
  }

  @Test
  void everyLanguageIsComplete() {
    for (String language : new String[] {"de", "fr", "pl", "ru"}) {
      Page page = chromium.page(Eyes.reading(language));
      page.navigate(
          service.url()
              + "?target=metal&version=1.13.2&arch=amd64&extensions=siderolabs%2Fhello&cmdline-set=true");
      page.locator("[data-name]").first().waitFor();
      assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language);
      String text = page.locator("body").innerText();
      assertThat(text)
          .doesNotContain("Your images", "Download ", "First boot")
          .doesNotContainPattern("\\b(step|state|kind|stage)\\.[a-zA-Z]+");
      Chromium.picture(page, "language-" + language);
      page.locator("#language").selectOption("en");
      Chromium.reads(page, "Your images");
    }
    assertThat(chromium.troubles()).isEmpty();
  }

  @Test
  void aColdFileIsBuiltBeforeABrowsersEyes() throws Exception {
    String id = client.configure("customization: {extraKernelArgs: [a=" + UUID.randomUUID() + "]}");
    Page page = chromium.page(Eyes.USUAL);
    AtomicBoolean isSlow = new AtomicBoolean(true);
    page.route(
        Pattern.compile("/metal-amd64\\.iso$"),
        route -> {
          if (isSlow.get() && "application/json".equals(route.request().headerValue("accept"))) {
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(202)
                    .setContentType("application/json")
                    .setBody(BUILDING));
          } else {
            route.resume();
          }
        });
    page.navigate(service.url() + "image/" + id + "/v1.13.2/metal-amd64.iso?filename=mine.iso");
    page.getByText("Fetching · 40 % · 40 MB / 100 MB").waitFor();
    Chromium.picture(page, "building");
    Download download = page.waitForDownload(() -> isSlow.set(false));
    assertThat(download.suggestedFilename()).isEqualTo("mine.iso");
    Chromium.reads(page, "metal-amd64.iso");
    page.getByText("Ready", new Page.GetByTextOptions().setExact(true)).waitFor();
    Chromium.picture(page, "cold-file");
    page.getByText("All downloads of this configuration").click();
    Chromium.reads(page, "Your images");
    page.locator("[data-name='metal-arm64.iso']").waitFor();
    Chromium.picture(page, "downloads");
    assertThat(chromium.troubles()).isEmpty();
  }

  @Test
  void anUpgradeIsCompared() throws Exception {
    String id =
        client.configure(
            "customization: {systemExtensions: {officialExtensions: [siderolabs/hello]}}");
    Page page = chromium.page(Eyes.USUAL);
    page.navigate(service.url() + "schematics/" + id + "/changes?from=v1.9.5&to=v1.13.2");
    Chromium.reads(page, "What an upgrade changes");
    assertThat(page.locator("main").innerText())
        .contains("siderolabs/hello", "metal-amd64.iso: GRUB", "+ selinux=1");
    Chromium.picture(page, "changes");
    assertThat(Chromium.isTooWide(page)).isFalse();
    assertThat(chromium.troubles()).isEmpty();
  }

  @Test
  void anErrorIsAPage() {
    Page page = chromium.page(Eyes.USUAL);
    page.navigate(service.url() + "image/" + "0".repeat(64) + "/v1.13.2/metal-amd64.iso");
    Chromium.reads(page, "This did not work");
    assertThat(page.locator("main").innerText()).contains("not found", "Request ");
    Chromium.picture(page, "error");
    Page german = chromium.page(Eyes.reading("de"));
    german.navigate(page.url());
    Chromium.reads(german, "Das hat nicht geklappt");
    assertThat(german.locator("main").innerText()).contains("not found", "Ein Image auswählen");
  }

  @Test
  void whatTheServiceRefusesIsSaidOnThePage() {
    Page page = chromium.page(Eyes.USUAL);
    page.navigate(service.url());
    page.getByText("Use a configuration that you have").click();
    page.getByLabel("Configuration or id").fill("something: else");
    Chromium.click(page, "Use it");
    assertThat(page.getByRole(AriaRole.ALERT).innerText()).contains("something", "Request ");
    Chromium.picture(page, "refused");
  }
}
