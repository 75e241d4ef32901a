package io.forkloom.bench.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PhotosTest {
    @Test
    void a_photo_is_a_jpeg_of_its_size_that_takes_about_600_kilobytes() throws IOException {
        byte[] photo = Photos.jpeg(1);
        var image = ImageIO.read(new ByteArrayInputStream(photo));

        assertThat(photo).startsWith(0xff, 0xd8, 0xff);
        assertThat(photo.length).isBetween(550_000, 650_000);
        assertThat(image.getWidth()).isEqualTo(2000);
        assertThat(image.getHeight()).isEqualTo(1500);
    }

    @Test
    void a_seed_gives_the_same_photo_again_and_another_seed_another() throws IOException {
        byte[] photo = Photos.jpeg(7);

        assertThat(Photos.jpeg(7)).isEqualTo(photo);
        assertThat(Photos.jpeg(8)).isNotEqualTo(photo);
    }
}
