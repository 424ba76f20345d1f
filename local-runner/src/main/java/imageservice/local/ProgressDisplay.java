package imageservice.local;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Tells a person how far a command is: by a bar that is drawn again and again in one line of a
/// terminal, or by lines where the output is no terminal.
final class ProgressDisplay implements AutoCloseable {
  /// How progress is told.
  enum Form {
    bar(100),
    lines(5000),
    none(5000);

    private final long periodMillis;

    Form(long periodMillis) {
      this.periodMillis = periodMillis;
    }
  }

  /// Something that moves bytes.
  ///
  /// @param name that no other step has, such as `fetching imager`
  /// @param total 0 while unknown
  record Step(String name, long done, long total) {
    boolean isOver() {
      return total > 0 && done >= total;
    }
  }

  private static final int BAR = 30;
  private static final String REDRAW = "\r\u001b[K";

  private final PrintStream out;
  private final Form form;
  private final Set<String> over = new HashSet<>();
  private final ScheduledExecutorService pulse =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
  private Supplier<List<Step>> steps = List::of;

  ProgressDisplay(PrintStream out, Form form) {
    this.out = out;
    this.form = form;
    var _ =
        pulse.scheduleAtFixedRate(
            this::show, form.periodMillis, form.periodMillis, TimeUnit.MILLISECONDS);
  }

  /// Shows these steps from now on, and what the ones before came to.
  synchronized void follow(Supplier<List<Step>> next) {
    show();
    steps = next;
  }

  /// Shows where the steps are now.
  synchronized void show() {
    if (form == Form.none) {
      return;
    }
    List<Step> now = steps.get();
    now.stream().filter(Step::isOver).filter(step -> over.add(step.name())).forEach(this::end);
    now.stream().filter(step -> !step.isOver()).forEach(this::draw);
    out.flush();
  }

  /// Leaves the terminal's line as it was.
  @Override
  public synchronized void close() {
    pulse.shutdownNow();
    follow(List::of);
    if (form == Form.bar) {
      out.print(REDRAW);
      out.flush();
    }
  }

  private void end(Step step) {
    line("%s: %s".formatted(step.name(), megabytes(step.total()) + " MB"));
  }

  private void draw(Step step) {
    if (form == Form.lines) {
      out.println(step.name() + ": " + amount(step));
    } else {
      int filled = step.total() == 0 ? 0 : (int) (BAR * step.done() / step.total());
      out.print(
          "%s%s [%s%s] %s"
              .formatted(
                  REDRAW, step.name(), "#".repeat(filled), " ".repeat(BAR - filled), amount(step)));
    }
  }

  private void line(String text) {
    out.println((form == Form.bar ? REDRAW : "") + text);
  }

  private static String amount(Step step) {
    String done = megabytes(step.done());
    return step.total() == 0
        ? done + " MB"
        : "%s of %s MB".formatted(done, megabytes(step.total()));
  }

  /// Millions of bytes, as download tools count them.
  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / 1e6);
  }
}
