package io.ostiary.apikey.signature;

import io.ostiary.apikey.signature.StructuredField.InnerList;
import io.ostiary.apikey.signature.StructuredField.Item;
import io.ostiary.apikey.signature.StructuredField.Member;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one signature of a message, taken apart but not yet believed. */
final class SignedRequest {
    static final String INPUT_FIELD = "signature-input";
    static final String SIGNATURE_FIELD = "signature";

    private final InnerList input;
    private final byte[] signature;

    private SignedRequest(InnerList input, byte[] signature) {
        this.input = input;
        this.signature = signature;
    }

    /** Returns null unless the two fields hold exactly one signature, under the same label. */
    static @Nullable SignedRequest of(List<String> inputLines, List<String> signatureLines) {
        Map<String, Member> inputs = StructuredField.dictionary(String.join(", ", inputLines));
        Map<String, Member> signatures = StructuredField.dictionary(String.join(", ", signatureLines));
        if (inputs == null
                || signatures == null
                || inputs.size() != 1
                || !inputs.keySet().equals(signatures.keySet())) {
            return null;
        }
        Member input = inputs.values().iterator().next();
        Member signature = signatures.values().iterator().next();
        return input instanceof InnerList list && signature instanceof Item item && item.value() instanceof byte[] bytes
                ? new SignedRequest(list, bytes)
                : null;
    }

    InnerList input() {
        return input;
    }

    byte[] signature() {
        return signature.clone();
    }

    @Nullable
    String text(String parameter) {
        return input.parameters().get(parameter) instanceof String text ? text : null;
    }

    @Nullable
    Instant time(String parameter) {
        return input.parameters().get(parameter) instanceof Long seconds && seconds >= 0
                ? Instant.ofEpochSecond(seconds)
                : null;
    }

    boolean has(String parameter) {
        return input.parameters().containsKey(parameter);
    }

    /** Components without parameters; one with parameters covers less than its name says. */
    Set<String> covered() {
        Set<String> names = new HashSet<>();
        for (Item item : input.items()) {
            if (item.parameters().isEmpty() && item.value() instanceof String name) {
                names.add(name);
            }
        }
        return names;
    }
}
