package imageservice.formats.xfs;

import java.io.ByteArrayOutputStream;
import java.util.List;

/// Blocks of a file in the order of its content: extents listed within the inode.
record Mapping(List<FileExtent> runs) implements Fork {
  Mapping {
    runs = List.copyOf(runs);
    if (runs.size() > Fork.SIZE / FileExtent.SIZE) {
      throw new IllegalArgumentException(runs.size() + " extents in an inode");
    }
  }

  @Override
  public int format() {
    return 2;
  }

  @Override
  public long blocks() {
    return runs.stream().mapToLong(FileExtent::length).sum();
  }

  @Override
  public int extents() {
    return runs.size();
  }

  @Override
  public byte[] toBytes(Geometry geometry) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    runs.forEach(run -> out.writeBytes(run.toBytes(geometry)));
    return out.toByteArray();
  }
}
