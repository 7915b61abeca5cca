/** API keys for service callers: their text, their records, their life cycle, and the authenticator that checks them. */
@NullMarked
package io.ostiary.apikey;

import org.jspecify.annotations.NullMarked;
