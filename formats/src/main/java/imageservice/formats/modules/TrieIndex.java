package imageservice.formats.modules;

import imageservice.formats.struct.Struct;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// An index file as libkmod reads it, version 2.1: a trie of keys in ASCII with values, each with a
/// priority. All numbers are big-endian.
final class TrieIndex {
  private static final int MAGIC = 0xB007F457;
  private static final int VERSION = 0x0002_0001;
  private static final int HEADER = 12;

  /// Flags in a node's offset; such an offset has 28 bits.
  private static final long PREFIX = 0x8000_0000L;

  private static final long VALUES = 0x4000_0000L;
  private static final long CHILDREN = 0x2000_0000L;
  private static final int MAX_OFFSET = 0x0FFF_FFFF;

  private record Value(String text, int priority) {}

  private static final class Node {
    private String prefix;
    private final List<Value> values = new ArrayList<>();
    private final SortedMap<Character, Node> children = new TreeMap<>();

    Node(String prefix) {
      this.prefix = prefix;
    }
  }

  private final Node root = new Node("");

  /// Adds a value of a key; of equal priorities the last one added comes first.
  void add(String key, String value, int priority) {
    Node node = root;
    int at = 0;
    while (true) {
      int common = common(node.prefix, key, at);
      if (common < node.prefix.length()) {
        split(node, common);
      }
      at += common;
      if (at == key.length()) {
        insert(node.values, new Value(value, priority));
        return;
      }
      int below = at + 1;
      node = node.children.computeIfAbsent(key.charAt(at), c -> new Node(key.substring(below)));
      at = below;
    }
  }

  /// Children come before their node.
  byte[] toBytes() {
    ByteArrayOutputStream nodes = new ByteArrayOutputStream();
    long rootOffset = write(root, nodes);
    return Struct.bigEndian(HEADER + nodes.size())
        .u32("magic", Integer.toUnsignedLong(MAGIC))
        .u32("version", VERSION)
        .u32("root", rootOffset)
        .bytes("nodes", nodes.toByteArray())
        .toBytes();
  }

  /// How much of a prefix is in the key from a character on.
  private static int common(String prefix, String key, int at) {
    int length = Math.min(prefix.length(), key.length() - at);
    int common = 0;
    while (common < length && prefix.charAt(common) == key.charAt(at + common)) {
      common++;
    }
    return common;
  }

  /// Gives all a node has to a new child, which stands for one character of the prefix.
  private static void split(Node node, int at) {
    Node child = new Node(node.prefix.substring(at + 1));
    child.values.addAll(node.values);
    child.children.putAll(node.children);
    node.values.clear();
    node.children.clear();
    node.children.put(node.prefix.charAt(at), child);
    node.prefix = node.prefix.substring(0, at);
  }

  private static void insert(List<Value> values, Value value) {
    int at = 0;
    while (at < values.size() && values.get(at).priority() < value.priority()) {
      at++;
    }
    values.add(at, value);
  }

  /// Writes a node and returns its offset with flags. As deep as a key is long.
  private static long write(Node node, ByteArrayOutputStream out) {
    byte[] children = children(node.children, out);
    int offset = HEADER + out.size();
    if (offset > MAX_OFFSET) {
      throw new IllegalArgumentException("an index of more than 256 MiB");
    }
    if (!node.prefix.isEmpty()) {
      text(node.prefix, out);
    }
    out.writeBytes(children);
    if (!node.values.isEmpty()) {
      values(node.values, out);
    }
    return offset
        | (node.prefix.isEmpty() ? 0 : PREFIX)
        | (node.children.isEmpty() ? 0 : CHILDREN)
        | (node.values.isEmpty() ? 0 : VALUES);
  }

  /// Writes the children and returns the table of their offsets, from the first one's character to
  /// the last one's; 0 where there is none.
  private static byte[] children(SortedMap<Character, Node> children, ByteArrayOutputStream out) {
    if (children.isEmpty()) {
      return new byte[0];
    }
    int first = children.firstKey();
    int last = children.lastKey();
    long[] offsets = new long[last - first + 1];
    for (Map.Entry<Character, Node> child : children.entrySet()) {
      offsets[child.getKey() - first] = write(child.getValue(), out);
    }
    ByteBuffer table = ByteBuffer.allocate(2 + 4 * offsets.length);
    table.put((byte) first).put((byte) last);
    for (long offset : offsets) {
      table.putInt((int) offset);
    }
    return table.array();
  }

  private static void values(List<Value> values, ByteArrayOutputStream out) {
    number(values.size(), out);
    for (Value value : values) {
      number(value.priority(), out);
      text(value.text(), out);
    }
  }

  private static void number(int value, ByteArrayOutputStream out) {
    out.writeBytes(ByteBuffer.allocate(4).putInt(value).array());
  }

  private static void text(String text, ByteArrayOutputStream out) {
    out.writeBytes(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    out.write(0);
  }
}
