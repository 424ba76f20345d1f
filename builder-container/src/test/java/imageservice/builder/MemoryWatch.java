package imageservice.builder;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GarbageCollectorMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/// The most memory that a process needed.
final class MemoryWatch {
  /// Bytes.
  ///
  /// @param heap that was left after a collection
  /// @param direct of buffers outside of it
  record Peak(long heap, long direct) {}

  private final AtomicLong heap = new AtomicLong();
  private final AtomicLong direct = new AtomicLong();

  private MemoryWatch() {}

  static MemoryWatch begin() {
    MemoryWatch watch = new MemoryWatch();
    for (var collector : ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class)) {
      ((NotificationEmitter) collector)
          .addNotificationListener((notification, _) -> watch.collected(notification), null, null);
    }
    return watch;
  }

  /// Looks at the buffers, of which nobody tells.
  void look() {
    long used =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    direct.accumulateAndGet(used, Math::max);
  }

  Peak peak() {
    look();
    return new Peak(heap.get(), direct.get());
  }

  private void collected(Notification notification) {
    look();
    Map<String, MemoryUsage> after =
        GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
            .getGcInfo()
            .getMemoryUsageAfterGc();
    long used =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong(pool -> Objects.requireNonNull(after.get(pool.getName())).getUsed())
            .sum();
    heap.accumulateAndGet(used, Math::max);
  }
}
