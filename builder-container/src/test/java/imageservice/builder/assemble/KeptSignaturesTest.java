package imageservice.builder.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import imageservice.builder.cache.DerivedBlobs;
import imageservice.builder.sign.BootTestKeys;
import imageservice.builder.sign.SignatureHash;
import imageservice.builder.sign.Signer;
import imageservice.plan.BuildPlan;
import imageservice.plan.SigningKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What KMS is asked for has a price.
final class KeptSignaturesTest extends imageservice.builder.extension.ExtensionFixture {
  private static final byte[] BYTES = {1, 2, 3};

  private final List<String> asked = new ArrayList<>();

  /// Counts what it is asked for.
  private final class Counting implements Signer {
    private final Signer signer;

    private Counting(Signer signer) {
      this.signer = signer;
    }

    @Override
    public SigningKey key() throws IOException {
      return signer.key();
    }

    @Override
    public byte[] sign(SignatureHash hash, byte[] bytes) throws IOException {
      asked.add(hash.toString());
      return signer.sign(hash, bytes);
    }
  }

  private Signer kept(Signer signer) {
    return new KeptSignatures(new Counting(signer), new DerivedBlobs(cache));
  }

  @Test
  void aSignatureIsAskedForOnceByKeyHashAndBytes() throws IOException {
    Signer boot = BootTestKeys.RING.boot();
    assertThat(kept(boot).sign(BYTES)).isEqualTo(boot.sign(BYTES));
    assertThat(kept(boot).sign(BYTES)).isEqualTo(boot.sign(BYTES));
    assertThat(asked).containsExactly("SHA256");
    assertThat(kept(boot).sign(SignatureHash.SHA512, BYTES))
        .isEqualTo(boot.sign(SignatureHash.SHA512, BYTES));
    Signer pcr = BootTestKeys.RING.pcr();
    assertThat(kept(pcr).sign(BYTES)).isEqualTo(pcr.sign(BYTES));
    kept(boot).sign(new byte[] {1, 2});
    assertThat(asked).containsExactly("SHA256", "SHA512", "SHA256", "SHA256");
  }

  @Test
  void aSecondBuildOfAnEqualIsoAsksNothing() throws IOException {
    BuildPlan plan = Plans.of("v1.13.2", "empty", "metal-amd64-secureboot.iso");
    byte[] first = assembled(plan);
    int questions = asked.size();
    assertThat(questions)
        .as("UKI, loader, two profiles in three banks, three variables")
        .isEqualTo(11);
    assertThat(assembled(plan)).isEqualTo(first);
    assertThat(asked).hasSize(questions);
  }

  private byte[] assembled(BuildPlan plan) throws IOException {
    Tools tools =
        new Tools(
            new DerivedBlobs(cache),
            Optional.empty(),
            Optional.of(BootTestKeys.RING.with(this::kept)));
    return new Assembler(tools).assemble(plan, Plans.material(plan)).asset().bytes(64 << 20);
  }
}
