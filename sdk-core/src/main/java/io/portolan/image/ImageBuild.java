package io.portolan.image;

import java.nio.file.Path;

/** What to build an image from. Closed: a Dockerfile, a Java application, or files on a base. Immutable. */
public sealed interface ImageBuild permits DockerfileBuild, FilesBuild {
    /**
     * A build by an engine from a directory with a Dockerfile. Needs an engine.
     *
     * @param context the directory; its {@code .dockerignore} is honoured
     * @return a build that {@code named} completes
     */
    static DockerfileBuild dockerfile(Path context) {
        return DockerfileBuild.of(context);
    }

    /**
     * A Java application on a Java base image. Needs no engine; the same inputs give the same image, byte by byte.
     *
     * @param mainClass the fully qualified main class
     * @param classpath jars and class directories, in order
     * @return a build that {@code named} completes; its base is {@value FilesBuild#DEFAULT_JAVA_BASE} unless changed
     */
    static FilesBuild java(String mainClass, Path... classpath) {
        return FilesBuild.java(mainClass, classpath);
    }

    /**
     * Files on a base image. Needs no engine; the same inputs give the same image, byte by byte.
     *
     * @param base the base, {@code scratch} for none
     * @return a build that {@code named} completes
     */
    static FilesBuild files(String base) {
        return FilesBuild.on(base);
    }

    /**
     * The name of the result.
     *
     * @return repository and tag
     */
    ImageReference target();
}
