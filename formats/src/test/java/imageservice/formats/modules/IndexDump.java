package imageservice.formats.modules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Reads an index file as libkmod does, wherever its nodes are.
final class IndexDump {
  private final ByteBuffer file;
  private final List<String> lines = new ArrayList<>();

  private IndexDump(byte[] file) {
    this.file = ByteBuffer.wrap(file);
  }

  /// A line for every value: key, priority, value.
  static List<String> of(byte[] file) {
    if (file.length == 0) {
      return List.of();
    }
    IndexDump dump = new IndexDump(file);
    assertThat(dump.file.getInt()).isEqualTo(0xB007F457);
    assertThat(dump.file.getInt()).isEqualTo(0x00020001);
    dump.node(dump.file.getInt(), "");
    return dump.lines;
  }

  private void node(int offset, String above) {
    file.position(offset & 0x0FFFFFFF);
    String key = above + ((offset & 0x80000000) != 0 ? text() : "");
    int first = 0;
    List<Integer> children = new ArrayList<>();
    if ((offset & 0x20000000) != 0) {
      first = file.get();
      for (int last = file.get(), c = first; c <= last; c++) {
        children.add(file.getInt());
      }
    }
    if ((offset & 0x40000000) != 0) {
      for (int left = file.getInt(); left > 0; left--) {
        lines.add(key + " " + file.getInt() + " " + text());
      }
    }
    for (int i = 0; i < children.size(); i++) {
      if (children.get(i) != 0) {
        node(children.get(i), key + (char) (first + i));
      }
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (byte b = file.get(); b != 0; b = file.get()) {
      text.append((char) (b & 0xFF));
    }
    return text.toString();
  }
}
