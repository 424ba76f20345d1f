package imageservice.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class CanonicalFormsTest {
  private final ConfigurationDecoder decoder = new ConfigurationDecoder(false);

  private CanonicalForms forms(String document, Dialect primary) throws Exception {
    return CanonicalForms.of(decoder.decode(document.getBytes(UTF_8)), new IdRule.Plain(), primary);
  }

  @Test
  void aCommonDocumentHasOneForm() throws Exception {
    CanonicalForms forms = forms("{}", Dialect.PRIMARY);
    assertThat(forms.primary().text()).isEqualTo("customization: {}\n");
    assertThat(forms.primary().id().hex())
        .isEqualTo("376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba");
    assertThat(forms.others()).isEmpty();
  }

  @Test
  void aDocumentWhoseQuotesChangedHasItsOldIdAsWell() throws Exception {
    CanonicalForms forms = forms("customization: {secureboot: {enrollKeys: off}}", Dialect.PRIMARY);
    assertThat(forms.primary().id().hex())
        .isEqualTo("d8f665fc030589c746e0948aacb3f6009984ffe16082f5f286cfa0ce6213cdfe");
    assertThat(forms.others())
        .extracting(form -> form.id().hex())
        .containsExactly("27e859ebfe0bd0bb6c9a53595770359cbafaa9fc7ef0059c046435c91e0db8c4");
    assertThat(forms.others())
        .extracting(NamedConfiguration::text)
        .containsExactly("customization:\n    secureboot:\n        enrollKeys: \"off\"\n");
  }

  @Test
  void anotherPrimaryDialectSwapsTheForms() throws Exception {
    String document = "customization: {secureboot: {enrollKeys: off}}";
    CanonicalForms old = forms(document, Dialect.Y3);
    CanonicalForms current = forms(document, Dialect.Y4C);
    assertThat(old.primary()).isEqualTo(current.others().getFirst());
    assertThat(old.others()).containsExactly(current.primary());
  }

  @Test
  void aDocumentMayHaveFourForms() throws Exception {
    CanonicalForms forms =
        forms(
            "{\"customization\":{\"embeddedMachineConfiguration\":\"\\na\","
                + "\"extraKernelArgs\":[\"yes\"]}}",
            Dialect.PRIMARY);
    assertThat(forms.others()).hasSize(3);
  }

  @Test
  void idsAreSixtyFourLowerCaseHexDigits() {
    String hex = "a".repeat(64);
    assertThat(ConfigurationId.parse(hex)).contains(new ConfigurationId(hex));
    assertThat(ConfigurationId.parse("A".repeat(64))).isEmpty();
    assertThat(ConfigurationId.parse("a".repeat(63))).isEmpty();
    assertThat(ConfigurationId.parse(hex + "\n")).isEmpty();
    assertThatThrownBy(() -> new ConfigurationId("x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a configuration id: x");
  }

  @Test
  void aKeyIsNotShown() {
    assertThat(IdRule.Keyed.of(new byte[] {1, 2})).hasToString("Keyed");
    assertThatThrownBy(() -> IdRule.Keyed.of(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a key: bytes in lower-case hex are wanted");
  }
}
