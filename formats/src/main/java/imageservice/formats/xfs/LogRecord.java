package imageservice.formats.xfs;

import imageservice.formats.struct.Struct;
import java.util.UUID;

/// What a log holds after a clean unmount: one record, "xlog_rec_header" and an unmount record.
/// Everything behind it is zeros. A log that is all zeros is mounted, but xfs_repair finds fault
/// with it.
///
/// Metadata has log sequence number 0 everywhere, which is not ahead of this record's.
final class LogRecord {
  private static final int CYCLE = 1;

  /// Cycle 1, block 0.
  private static final long SEQUENCE_NUMBER = (long) CYCLE << 32;

  private static final int SECTOR = 512;

  private LogRecord() {}

  /// Header and payload, which are padded to the log's stripe unit: 1024 or 4096 bytes.
  static byte[] toBytes(XfsVolume volume) {
    int length = Math.max(2 * SECTOR, volume.sectorSize().bytes());
    Struct log = Struct.bigEndian(length);
    header(log, length - SECTOR, volume.uuid());
    unmount(log);
    // the first word of each further sector is the cycle, and was 0 before
    for (int at = 2 * SECTOR; at < length; at += SECTOR) {
      log.u32("h_cycle at " + at, CYCLE).zeros("payload at " + at, SECTOR - 4);
    }
    return log.toBytes();
  }

  private static void header(Struct log, int payload, UUID uuid) {
    log.u32("h_magicno", 0xFEED_BABEL)
        .u32("h_cycle", CYCLE)
        .u32("h_version", 2)
        .u32("h_len", payload)
        .u64("h_lsn", SEQUENCE_NUMBER)
        .u64("h_tail_lsn", SEQUENCE_NUMBER)
        .u32("h_crc", 0) // not computed: what mkfs.xfs writes too
        .u32("h_prev_block", Numbers.NULL)
        .u32("h_num_logops", 1)
        .u32("h_cycle_data", 0xB0C0_D0D0L) // the transaction id below, which the cycle replaces
        .zeros("h_cycle_data of the other sectors", 252)
        .u32("h_fmt", 1) // written by a little-endian Linux
        .bytes("h_fs_uuid", Numbers.bytes(uuid))
        .u32("h_size", 0x8000)
        .zeros("rest of the header", 188);
  }

  private static void unmount(Struct log) {
    log.u32("oh_tid", CYCLE)
        .u32("oh_len", 8)
        .u8("oh_clientid", 0xAA)
        .u8("oh_flags", 0x20)
        .u16("oh_res2", 0)
        .bytes("magic", new byte[] {0x6E, 0x55}) // 0x556E as its writer has it in memory
        .zeros("pad", 6)
        .zeros("rest of the sector", SECTOR - 20);
  }
}
