package imageservice.plan.cmdline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class KernelArgumentsTest {
  @Test
  void equalKeysAreOneParameterAtItsFirstPlace() {
    assertThat(line(l -> l.append("console=a quiet console=b")))
        .isEqualTo("console=a console=b quiet");
  }

  @Test
  void appendingAddsToWhatIsThere() {
    assertThat(
            line(l -> {
              l.append("a=1 b");
              l.append("c a=2 a=1");
            }))
        .isEqualTo("a=1 a=2 a=1 b c");
  }

  @Test
  void settingTakesThePlaceOrGoesToTheEnd() {
    assertThat(
            line(l -> {
              l.append("a=1 b a=2");
              l.set("c a=3 a=4");
            }))
        .isEqualTo("a=3 a=4 b c");
  }

  @Test
  void anEmptyValuePrintsAsTheKeyAlone() {
    assertThat(line(l -> l.append("slab_nomerge= x"))).isEqualTo("slab_nomerge x");
  }

  @Test
  void valuesEndAtBlanksAndBeginAtTheFirstEqualsSign() {
    assertThat(line(l -> l.append("  a=b=c \t\n d=\"e  f\" "))).isEqualTo("a=b=c d=\"e f\"");
  }

  @Test
  void nothingIsNothing() {
    assertThat(line(l -> l.append(""))).isEmpty();
    assertThat(line(l -> l.append(" \n "))).isEmpty();
    assertThat(customized("a b", List.of())).isEqualTo("a b");
  }

  @Test
  void aMinusRemovesAParameterWithAllItsValues() {
    assertThat(customized("a=1 b a=2", List.of("-a"))).isEqualTo("b");
  }

  @Test
  void aMinusWithAValueRemovesThatValue() {
    assertThat(customized("a=1 a=2 a=1", List.of("-a=1"))).isEqualTo("a=2");
    assertThat(customized("a=1 b", List.of("-a=1"))).isEqualTo("b");
  }

  @Test
  void aParameterWithoutValuesKeepsItsPlace() {
    assertThat(customized("a=1 b", List.of("-a=1", "a=3"))).isEqualTo("a=3 b");
  }

  @Test
  void ofSeveralRemovalsTheFirstDecidesHow() {
    assertThat(customized("a=1 a=2", List.of("-a=1", "-a"))).isEqualTo("a=2");
    assertThat(customized("a=1 a=2", List.of("-a", "-a=1"))).isEmpty();
  }

  @Test
  void removingWhatIsNotThereIsNoChange() {
    assertThat(customized("a", List.of("-b", "-c=1"))).isEqualTo("a");
  }

  @Test
  void removalCountsWhereItsKeyFirstAppears() {
    assertThat(customized("console=a", List.of("-console console=b"))).isEqualTo("console=b");
    assertThat(customized("console=a", List.of("console=b", "-console"))).isEmpty();
  }

  @Test
  void aLoneMinusIsAnArgument() {
    assertThat(customized("a", List.of("-", "--b"))).isEqualTo("a -");
  }

  @Test
  void overwrittenKeysReplace() {
    assertThat(customized("x=1 console=a y", List.of("console=b", "console=c", "x=2")))
        .isEqualTo("x=1 x=2 console=b console=c y");
  }

  private static String customized(String before, List<String> arguments) {
    return line(l -> {
      l.append(before);
      l.customize(arguments);
    });
  }

  private static String line(Consumer<KernelArguments> steps) {
    KernelArguments line = new KernelArguments();
    steps.accept(line);
    return line.toString();
  }
}
