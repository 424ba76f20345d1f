package imageservice.formats.tpm;

import imageservice.formats.struct.Struct;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/// The value of a register.
public final class Pcr {
  /// TPM_CC_PolicyPCR: TPM 2.0 Library, part 2, table 12.
  private static final long POLICY_PCR = 0x0000_017FL;

  /// Bytes of a selection's bitmap: 24 registers, as of every PC.
  private static final int SELECT_SIZE = 3;

  private final PcrBank bank;
  private final byte[] value;

  private Pcr(PcrBank bank, byte[] value) {
    this.bank = bank;
    this.value = value;
  }

  /// A register after a reset.
  public static Pcr zero(PcrBank bank) {
    return new Pcr(bank, new byte[bank.size()]);
  }

  public PcrBank bank() {
    return bank;
  }

  /// In hexadecimal digits.
  public String hex() {
    return HexFormat.of().formatHex(value);
  }

  /// The register after a content was measured into it.
  public Pcr extend(Digests content) {
    MessageDigest digest = bank.digest();
    digest.update(value);
    return new Pcr(bank, digest.digest(content.in(bank)));
  }

  /// The policy, of a SHA-256 session, that holds while this is the value of a register:
  /// `TPM2_PolicyPCR` on a fresh session.
  ///
  /// @param register its number, 0 to 23
  public byte[] policy(int register) {
    MessageDigest policy = PcrBank.SHA256.digest();
    policy.update(new byte[PcrBank.SHA256.size()]);
    policy.update(Struct.bigEndian(4).u32("commandCode", POLICY_PCR).toBytes());
    policy.update(selection(register));
    return policy.digest(PcrBank.SHA256.digest().digest(value));
  }

  /// TPML_PCR_SELECTION of this register alone: TPM 2.0 Library, part 2, tables 94 and 108.
  private byte[] selection(int register) {
    if (register < 0 || register >= Byte.SIZE * SELECT_SIZE) {
      throw new IllegalArgumentException("register " + register);
    }
    byte[] select = new byte[SELECT_SIZE];
    select[register / Byte.SIZE] = (byte) (1 << (register % Byte.SIZE));
    return Struct.bigEndian(10)
        .u32("count", 1)
        .u16("hash", bank.algorithmId())
        .u8("sizeofSelect", SELECT_SIZE)
        .bytes("pcrSelect", select)
        .toBytes();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pcr pcr && bank == pcr.bank && Arrays.equals(value, pcr.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return bank.label() + ":" + hex();
  }
}
