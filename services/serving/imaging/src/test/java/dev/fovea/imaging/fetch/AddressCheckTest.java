package dev.fovea.imaging.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressCheckTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.9.10",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "169.254.169.254",
                "224.0.0.1",
                "255.255.255.255",
                "198.18.0.1",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::127.0.0.1",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "fec0::1",
                "ff02::1",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1",
                "64:ff9b::10.0.0.1",
                "64:ff9b::169.254.169.254",
                "64:ff9b:1::1",
                "2001:0:53aa:64c::1",
                "2001:db8::1"
            })
    void refusesWhatIsNotPublic(String address) {
        assertThat(AddressCheck.isAllowed(InetAddress.ofLiteral(address), Set.of()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "93.184.216.34",
                "172.15.255.255",
                "172.32.0.1",
                "100.128.0.1",
                "2606:2800:220:1::1",
                "64:ff9b::93.184.216.34",
                "2002:5db8:d822::1"
            })
    void allowsWhatIsPublic(String address) {
        assertThat(AddressCheck.isAllowed(InetAddress.ofLiteral(address), Set.of()))
                .isTrue();
    }

    @Test
    void allowsAListedRangeAndNothingBesideIt() {
        Set<AddressRange> listed = Set.of(AddressRange.parse("10.1.0.0/16"));
        assertThat(AddressCheck.isAllowed(InetAddress.ofLiteral("10.1.255.1"), listed))
                .isTrue();
        assertThat(AddressCheck.isAllowed(InetAddress.ofLiteral("10.2.0.1"), listed))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "example.com/8", "10.0.0.0/x", "", "::1/-1"})
    void refusesMalformedRanges(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressRange.parse(text))
                .withMessageContaining("'" + text + "'");
    }

    @Test
    void readsASingleAddressAsARangeOfOne() {
        AddressRange one = AddressRange.parse("fd00::5");
        assertThat(one.bits()).isEqualTo(128);
        assertThat(one.contains(InetAddress.ofLiteral("fd00::5"))).isTrue();
        assertThat(one.contains(InetAddress.ofLiteral("fd00::6"))).isFalse();
    }
}
