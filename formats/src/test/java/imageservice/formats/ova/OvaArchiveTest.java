package imageservice.formats.ova;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.formats.blob.Blob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class OvaArchiveTest {
  private static final VirtualMachine MACHINE =
      new VirtualMachine(
          "machine",
          new VirtualMachine.Property("machine.config", "Configuration", "What it is told"),
          "machine.nvram",
          "vmx-15",
          2,
          2048);

  private final Blob disk = Blob.of("a disk");

  @Test
  void theDescriptorComesFirstThenTheDigestsThenTheDisk() throws IOException {
    Map<String, Blob> files = files();
    assertThat(files.keySet()).containsExactly("disk.ovf", "disk.mf", "disk.vmdk");
    assertThat(files.get("disk.vmdk")).isSameAs(disk);
  }

  @Test
  void theDigestsAreThoseOfTheOtherTwo() throws Exception {
    assertThat(text("disk.mf"))
        .startsWith(
            "SHA256(disk.vmdk)= d614d695eb483126af8a5376433956a60f472ea41b5147893a461e1823006387\n"
                + "SHA256(disk.ovf)= ")
        .endsWith(sha256(text("disk.ovf")) + "\n");
  }

  @Test
  void theDescriptorNamesTheDiskAndItsSizes() throws Exception {
    Document document = document();
    Element file = (Element) document.getElementsByTagName("File").item(0);
    assertThat(file.getAttribute("ovf:href")).isEqualTo("disk.vmdk");
    assertThat(file.getAttribute("ovf:size")).isEqualTo("6");
    Element described = (Element) document.getElementsByTagName("Disk").item(0);
    assertThat(described.getAttribute("ovf:capacity")).isEqualTo("3");
    assertThat(described.getAttribute("ovf:fileRef")).isEqualTo(file.getAttribute("ovf:id"));
    assertThat(text(document, "rasd:HostResource"))
        .containsExactly("ovf:/disk/" + described.getAttribute("ovf:diskId"));
  }

  /// CIM's schema has them in the order of their names.
  @Test
  void elementsOfAResourceStandInTheOrderOfTheirNames() throws Exception {
    NodeList items = document().getElementsByTagName("Item");
    assertThat(items.getLength()).isEqualTo(7);
    for (int i = 0; i < items.getLength(); i++) {
      List<String> names = new ArrayList<>();
      NodeList children = items.item(i).getChildNodes();
      for (int j = 0; j < children.getLength(); j++) {
        if (children.item(j).getNodeName().startsWith("rasd:")) {
          names.add(children.item(j).getNodeName());
        }
      }
      assertThat(names).isSorted().contains("rasd:InstanceID", "rasd:ResourceType");
    }
  }

  @Test
  void theMachineIsDescribed() throws Exception {
    Document document = document();
    assertThat(text(document, "Name")).containsExactly("machine");
    assertThat(text(document, "rasd:VirtualQuantity")).containsExactly("2", "2048");
    Element property = (Element) document.getElementsByTagName("Property").item(0);
    assertThat(property.getAttribute("ovf:key")).isEqualTo("machine.config");
  }

  @Test
  void refusesADiskThatIsNoWholeMiB() {
    assertThatThrownBy(() -> OvaArchive.files(MACHINE, disk, 1000))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Map<String, Blob> files() throws IOException {
    return OvaArchive.files(MACHINE, disk, 3 << 20);
  }

  private String text(String name) throws IOException {
    return new String(Objects.requireNonNull(files().get(name)).bytes(1 << 16), UTF_8);
  }

  private static String sha256(String text) throws GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    return HexFormat.of().formatHex(digest);
  }

  private Document document() throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(text("disk.ovf").getBytes(UTF_8)));
  }

  private static List<String> text(Document document, String name) {
    List<String> texts = new ArrayList<>();
    NodeList elements = document.getElementsByTagName(name);
    for (int i = 0; i < elements.getLength(); i++) {
      texts.add(elements.item(i).getTextContent());
    }
    return texts;
  }
}
