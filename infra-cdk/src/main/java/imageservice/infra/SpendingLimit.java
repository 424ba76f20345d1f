package imageservice.infra;

import java.util.List;
import software.amazon.awscdk.services.budgets.CfnBudget;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/// Tells when the account costs more than is meant. It covers all of the account: costs are told
/// apart by tags only where the account's owner switched that on. It stops nothing.
final class SpendingLimit {
  private SpendingLimit() {}

  static void of(Construct scope, int dollars, Topic topic) {
    CfnBudget.Builder.create(scope, "Budget")
        .budget(
            CfnBudget.BudgetDataProperty.builder()
                .budgetType("COST")
                .timeUnit("MONTHLY")
                .budgetLimit(CfnBudget.SpendProperty.builder().amount(dollars).unit("USD").build())
                .build())
        .notificationsWithSubscribers(
            List.of(told("ACTUAL", 80, topic), told("FORECASTED", 100, topic)))
        .build();
  }

  private static CfnBudget.NotificationWithSubscribersProperty told(
      String type, int percent, Topic topic) {
    return CfnBudget.NotificationWithSubscribersProperty.builder()
        .notification(
            CfnBudget.NotificationProperty.builder()
                .notificationType(type)
                .comparisonOperator("GREATER_THAN")
                .threshold(percent)
                .thresholdType("PERCENTAGE")
                .build())
        .subscribers(
            List.of(
                CfnBudget.SubscriberProperty.builder()
                    .subscriptionType("SNS")
                    .address(topic.getTopicArn())
                    .build()))
        .build();
  }
}
