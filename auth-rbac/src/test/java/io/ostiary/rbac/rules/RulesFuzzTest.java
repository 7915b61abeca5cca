package io.ostiary.rbac.rules;

import static io.ostiary.rbac.RbacFixture.settings;
import static io.ostiary.rbac.RbacFixture.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ostiary.core.Verdict;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.rbac.Rbac;

/** Any text is rules or refused with a place; any path has one answer, and the same from the explanation. */
final class RulesFuzzTest {
    private static final Rbac RBAC = Rbac.from(settings("rbac.roles", "admin", "rbac.permission.admin", "a.b"));

    @FuzzTest(maxDuration = "30s")
    void anyTextIsRulesOrRefusedWithAPlace(FuzzedDataProvider data) {
        String path = "/" + data.consumeString(40);
        String method = data.consumeString(8);
        String text = data.consumeRemainingAsString();
        Rules rules;
        try {
            rules = Rules.parse("r", text, RBAC);
        } catch (ConfigurationException refused) {
            assertTrue(String.valueOf(refused.getMessage()).startsWith("r:"), refused.getMessage());
            return;
        }
        Verdict verdict = rules.evaluate(user("u", "admin"), new Asked(method, path));
        assertEquals(verdict, rules.explain(method, path, user("u", "admin")).verdict());
        assertTrue(!Rules.ambiguous(path) || verdict == Verdict.FORBIDDEN);
    }
}
