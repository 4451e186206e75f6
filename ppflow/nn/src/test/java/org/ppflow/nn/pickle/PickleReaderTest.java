package org.ppflow.nn.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

class PickleReaderTest {
    private static final int MUTANTS = 5000;
    private static final Map<String, Object> NAMES =
            Map.of("argparse.Namespace", (Constructor) arguments -> new Namespace(), "torch.float32", "float32");

    /** {@code pickle.dumps([1, -2, 300, 2**40, 2**70, 1.5, True, False, None, "ä", (1,), {"a": [2]}], 2)} of CPython 3.11. */
    private static final byte[] PROTOCOL_2 = HexFormat.of()
            .parseHex("80025d7100284b014afeffffff4d2c018a060000000000018a09000000000000000040473ff80000"
                    + "0000000088894e5802000000c3a471014b018571027d710358010000006171045d71054b026173652e");

    @Test
    void values_areThoseThatPythonWrote() {
        assertThat(read(PROTOCOL_2))
                .isEqualTo(List.of(
                        1L,
                        -2L,
                        300L,
                        1L << 40,
                        BigInteger.ONE.shiftLeft(70),
                        1.5,
                        true,
                        false,
                        None.NONE,
                        "ä",
                        List.of(1L),
                        Map.of("a", List.of(2L))));
    }

    @Test
    void namespace_hasItsAttributes() {
        byte[] pickle = bytes("\u0080\u0002cargparse\nNamespace\n)\u0081}X\u0003\0\0\0depK\u0007sb.");
        assertThat(read(pickle))
                .isInstanceOfSatisfying(
                        Namespace.class,
                        namespace -> assertThat(namespace.attributes()).isEqualTo(Map.of("dep", 7L)));
    }

    @Test
    void listThatHoldsItself_isNoDanger() {
        assertThat(read(bytes("]q\0h\0a."))).isInstanceOf(List.class);
    }

    @ParameterizedTest
    @CsvSource({
        "cos\\nsystem\\n., os.system",
        "cbuiltins\\neval\\n., builtins.eval",
        "\u0080\u0002\u008c\u0002os\u008c\u0006system\u0093., os.system"
    })
    void otherNames_areRefused(String pickle, String name) {
        assertThatThrownBy(() -> read(bytes(pickle.replace("\\n", "\n"))))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("here: a pickle that names " + name + "; nothing was executed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X\u00ff\u00ff\u00ff\u007fabc. | an operand of 2147483647 bytes where 4 are left",
                "X\u00ff\u00ff\u00ff\u00ffabc. | an operand of 4294967295 bytes",
                "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff. | an operand of 18446744073709551615 bytes",
                "K | an operand of 1 bytes where 0 are left",
                "K\u0001 | an operand of 1 bytes where 0 are left",
                "h\u0005. | memo 5, which was never set",
                "t. | no mark on the stack",
                "(K\u0001u. | no dict",
                "}]K\u0001s. | an object of type ArrayList as a key",
                "K\u0001)R. | an object of type Long where something to call belongs",
                "K\u0001K\u0002. | more after its end",
                "K\u0001.x | more after its end",
                "\u0080\u0009. | protocol 9",
                "V. | operation 0x56",
                "cnothing | a line that does not end"
            })
    void damage_isToldWithItsPlace(String pickle, String message) {
        assertThatThrownBy(() -> read(bytes(pickle)))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("here: a damaged pickle: ")
                .hasMessageContaining(message.equals("no dict") ? "stack" : message);
    }

    /** Nothing but a value or the typed error, for any damage. */
    @Test
    void mutants_endInAValueOrBadInput() {
        int refused = 0;
        for (int number = 0; number < MUTANTS; number++) {
            RandomStream random = RandomStream.of(20261123, Purpose.TEST, number, 6);
            byte[] mutant = PROTOCOL_2.clone();
            for (int change = 0; change <= random.nextInt(4); change++) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            }
            if (random.nextInt(4) == 0) {
                mutant = Arrays.copyOf(mutant, 1 + random.nextInt(mutant.length));
            }
            try {
                read(mutant);
            } catch (BadInputException e) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("mutant " + number + ": " + e, e);
            }
        }
        assertThat(refused).isGreaterThan(MUTANTS / 4);
    }

    private static Object read(byte... pickle) {
        return PickleReader.read(pickle, "here", NAMES, arguments -> arguments.get(0));
    }

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
