package imageservice.plan;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Finds the names closest to one that a catalogue lacks.
final class CloseNames {
  private static final int MOST = 3;

  /// How many letters of the wanted name allow one edit, and the fewest that are looked for inside
  /// other names.
  private static final int LETTERS_PER_EDIT = 3;

  private CloseNames() {}

  private record Candidate(String name, int edits) {}

  /// Up to three of `names` that differ from `wanted` in few letters or contain it, the closest
  /// first.
  static List<String> of(String wanted, List<String> names) {
    String stem = lastPart(bare(wanted));
    return names.stream()
        .filter(name -> name.length() >= stem.length() - allowedEdits(stem))
        .map(name -> new Candidate(name, edits(stem, lastPart(name))))
        .filter(candidate ->
            candidate.edits <= allowedEdits(stem)
                || (stem.length() >= LETTERS_PER_EDIT && candidate.name.contains(stem)))
        .sorted(Comparator.comparingInt(Candidate::edits).thenComparing(Candidate::name))
        .map(Candidate::name)
        .distinct()
        .limit(MOST)
        .toList();
  }

  private static int allowedEdits(String stem) {
    return stem.length() / LETTERS_PER_EDIT;
  }

  /// The repository within its organisation of a container image's reference, as catalogues name
  /// it: without registry, tag and digest.
  static String bare(String reference) {
    String tagged = before(reference, reference.indexOf('@'));
    String repository = before(tagged, tagged.indexOf(':', tagged.lastIndexOf('/') + 1));
    int last = repository.lastIndexOf('/');
    return repository.substring(repository.lastIndexOf('/', last - 1) + 1);
  }

  private static String before(String text, int end) {
    return end < 0 ? text : text.substring(0, end);
  }

  /// The name without its organisation, which nearly all names of a catalogue share.
  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /// The Levenshtein distance: letters to insert, remove or replace.
  private static int edits(String a, String b) {
    int[] row = IntStream.rangeClosed(0, b.length()).toArray();
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
