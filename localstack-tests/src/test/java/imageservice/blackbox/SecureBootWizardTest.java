package imageservice.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import imageservice.blackbox.Chromium.Eyes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The front page of a service that has keys for secure boot.
final class SecureBootWizardTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aPersonGetsASignedImage() throws Exception {
    Path keys = folder.resolve("keys");
    try (ServiceProcess making =
        ServiceProcess.start(folder.resolve("output"), List.of("make-keys", keys.toString()))) {
      assertThat(making.awaitExit()).as(making.log()).isZero();
    }
    Machine machine = Machine.in(folder.resolve("machine"));
    try (ServiceProcess process = machine.serve(0, "--secure-boot", keys.toString());
        Client client = new Client(process.url());
        Chromium chromium = new Chromium(process.url())) {
      Page page = chromium.page(Eyes.USUAL);
      page.navigate(process.url() + "?target=metal&version=1.13.2");
      Chromium.reads(page, "Which processor");
      page.getByLabel(Pattern.compile("^Signed for secure boot")).check();
      Chromium.picture(page, "secure-boot");
      Chromium.click(page, "Continue");
      Chromium.reads(page, "Which system extensions");
      Chromium.click(page, "Continue");
      Chromium.reads(page, "Anything else");
      Chromium.click(page, "Continue");
      Chromium.reads(page, "Your images");
      assertThat(page.url()).contains("secureboot=true");
      Locator iso = page.locator("[data-name='metal-amd64-secureboot.iso']");
      Download download =
          page.waitForDownload(() ->
              iso.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Download"))
                  .click());
      String path =
          "/image/"
              + page.url().replaceAll(".*schematic-id=", "")
              + "/v1.13.2/metal-amd64-secureboot";
      assertThat(Files.readAllBytes(download.path()))
          .isEqualTo(client.download(path + ".iso").body());
      byte[] bytes = client.download(path + "-uki.efi").body();
      Path file = Files.write(folder.resolve("uki.efi"), bytes);
      Command.Result verified =
          Command.run(
              folder,
              List.of(
                  "sbverify",
                  "--cert",
                  keys.resolve("uki-signing-cert.pem").toString(),
                  file.toString()));
      assertThat(verified.status()).as(verified.output()).isZero();
      assertThat(chromium.troubles()).isEmpty();
    }
  }
}
