package io.ostiary.apikey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ostiary.core.config.ConfigurationException;
import java.util.Map;

/** Any text is a key that is written the same way or none; any file is records that are read again or a mistake. */
final class ApiKeyFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void anyTextIsAKeyOrNone(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        ApiKey key = ApiKey.parse(text);
        if (key != null) {
            assertEquals(text, key.revealText());
            assertTrue(text.matches(ApiKey.SCANNER_PATTERN));
        }
    }

    @FuzzTest(maxDuration = "30s")
    void anyFileIsRecordsOrAMistake(FuzzedDataProvider data) {
        Map<String, ApiKeyRecord> records;
        try {
            records = RecordText.parse("keys", data.consumeRemainingAsString());
        } catch (ConfigurationException mistake) {
            assertTrue(String.valueOf(mistake.getMessage()).startsWith("keys"), mistake.getMessage());
            return;
        }
        StringBuilder text = new StringBuilder();
        records.values().forEach(record -> text.append(RecordText.write(record)));
        assertEquals(records, RecordText.parse("keys", text.toString()));
        assertEquals(records, RecordText.parse("keys", text.toString(), records));
    }
}
